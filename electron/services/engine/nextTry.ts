import type { CacheType, LoadCause, LoadSettings, NextTry } from '../../contract/load.ts';

/** A load that failed, with what it was tried with. */
export interface Attempt {
  readonly settings: LoadSettings;
  /** Tokens that were asked for. */
  readonly contextSize: number;
  readonly layers: number | null;
  /** Whether a graphics card took part. */
  readonly gpu: boolean;
}

type Step = (attempt: Attempt) => NextTry | null;

const windows = [16_384, 8192, 4096, 2048, 1024, 512];
const count = new Intl.NumberFormat('en');

const smallerWindow: Step = ({ settings, contextSize }) => {
  // More than half at once: a window a little smaller changes little.
  const next = windows.find((size) => size <= contextSize / 2);
  return next === undefined
    ? null
    : { label: `Try with a context of ${count.format(next)}`, settings: { ...settings, contextSize: next } };
};

const fewerGpuLayers: Step = ({ settings, layers, gpu }) => {
  if (!gpu || settings.gpuLayers === 0) return null;
  const now = settings.gpuLayers === 'auto' ? layers : Math.min(settings.gpuLayers, layers ?? Infinity);
  const next = now === null || now < 4 ? 0 : Math.floor(now / 2);
  return {
    label: next === 0 ? 'Try on the processor alone' : `Try with ${next} layers on the GPU`,
    settings: { ...settings, gpuLayers: next },
  };
};

const smallerCaches: Readonly<Record<CacheType, { next: CacheType; words: string } | null>> = {
  f16: { next: 'q8_0', words: 'half' },
  q8_0: { next: 'q4_0', words: 'a quarter' },
  q4_0: null,
};
const smallerCache: Step = ({ settings }) => {
  const smaller = smallerCaches[settings.cacheType];
  if (!smaller || settings.flashAttention === 'off') return null;
  return {
    label: `Try with a cache of ${smaller.words} the size`,
    settings: { ...settings, cacheType: smaller.next },
  };
};

const withMapping: Step = ({ settings }) =>
  settings.mmap
    ? null
    : { label: 'Try with the file mapped into memory', settings: { ...settings, mmap: true } };
const withoutMapping: Step = ({ settings }) =>
  settings.mmap ? { label: 'Try without mapping the file', settings: { ...settings, mmap: false } } : null;
const withoutAdapters: Step = ({ settings }) =>
  settings.adapters.length === 0
    ? null
    : { label: 'Try without adapters', settings: { ...settings, adapters: [] } };
const plainCache: Step = ({ settings }) =>
  settings.cacheType === 'f16' && settings.flashAttention === 'auto'
    ? null
    : {
        label: 'Try with the usual cache and attention',
        settings: { ...settings, cacheType: 'f16', flashAttention: 'auto' },
      };

/** What helps against what, the likeliest and least painful first. */
const ladders: Readonly<Record<LoadCause, readonly Step[]>> = {
  memory: [smallerWindow, fewerGpuLayers, smallerCache, withMapping],
  gpu_memory: [fewerGpuLayers, smallerWindow, smallerCache],
  disk: [withoutMapping],
  adapter: [withoutAdapters],
  unknown: [withoutAdapters, plainCache, fewerGpuLayers, withoutMapping, smallerWindow],
  // No setting makes a damaged file whole, or llama.cpp know more.
  architecture: [],
  damaged: [],
  cpu: [],
};

/** The next sensible way to try a load that failed for this reason; null if no setting can help. Pure. */
export function nextTry(cause: LoadCause, attempt: Attempt): NextTry | null {
  for (const step of ladders[cause]) {
    const next = step(attempt);
    if (next) return next;
  }
  return null;
}
