import { InklingError } from '../../contract/errors.ts';
import type { LoadCause } from '../../contract/load.ts';

/** What llama.cpp and the library around it say when something cannot be loaded, and what it means. */
const signs: readonly (readonly [RegExp, LoadCause])[] = [
  [
    /unknown (model|projector) architecture|unsupported model architecture|unknown pre-tokenizer/i,
    'architecture',
  ],
  [
    /OutOfDeviceMemory|cudaMalloc|\bVRAM\b|device memory|Vulkan\d? buffer|Metal buffer|CUDA\d? buffer/i,
    'gpu_memory',
  ],
  [
    /allocat|out of memory|insufficient memory|not enough memory|bad_alloc|memory is too|context size .* too large|create context/i,
    'memory',
  ],
  [/\blora\b|adapter/i, 'adapter'],
  [/mmap|mlock|Input\/output|read error|unexpectedly reached end/i, 'disk'],
  [/tensor|corrupt|invalid|missing|wrong (shape|number)|magic|hyperparameters|key not found/i, 'damaged'],
];

/** What made a load fail, read from the words about it. */
export function causeOf(words: string): LoadCause {
  return signs.find(([sign]) => sign.test(words))?.[1] ?? 'unknown';
}

const advice: Readonly<Record<LoadCause, string>> = {
  memory: 'There is not enough memory for it. Choose a smaller context window or a smaller model.',
  gpu_memory: 'The graphics card has not enough memory for it. Put fewer layers on it, or none.',
  architecture:
    'The llama.cpp inside this Inkling does not know this kind of model. Choose another one, or update Inkling.',
  damaged: 'The file seems to be damaged or incomplete. Verify it, or download it again.',
  cpu: 'This processor lacks what it needs. Choose another model.',
  disk: 'The file could not be read to its end. Check its disk, then try again.',
  adapter: 'An adapter does not fit this model. Detach it, then load the model again.',
  unknown: 'Choose another model, or try other load settings.',
};

/** The failure of a load in words; `complaint` is what llama.cpp gave as its reason, null if it said nothing. */
export function loadFailure(error: unknown, complaint: string | null): InklingError {
  const own = error instanceof Error ? error.message : String(error);
  const reason = (complaint ? `llama.cpp says: ${complaint}` : own).replace(/\.$/, '');
  // What the library says of a failure is the same for every reason.
  const cause = causeOf(complaint ?? own);
  return new InklingError(
    'model_load_failed',
    `The model could not be loaded. ${advice[cause]} Nothing else is affected. (${reason}.)`,
    { cause },
  );
}
