import type { LoadedModel } from '../../contract/engine.ts';
import { InklingError, toFailure } from '../../contract/errors.ts';
import { type LoadCause, type LoadSettings, loadCause } from '../../contract/load.ts';
import type { LoadInput } from '../../engine/contract.ts';
import type { EngineApi } from './engineProcess.ts';
import { type Attempt, nextTry } from './nextTry.ts';
import type { Slot } from './slot.ts';
import type { ThreadChoice } from './threadMemory.ts';

export type LoadProgress = (progress: { phase: 'reading' | 'measuring'; fraction: number }) => void;

/** What to load and how. */
export interface LoadRequest {
  readonly input: LoadInput;
  /** The speeds measured at an earlier load, to be shown with a remembered choice. */
  readonly knownSpeeds: ThreadChoice['speeds'];
  /** For the next try, should this one fail. */
  readonly attempt: Omit<Attempt, 'gpu'>;
  /** Bytes of memory it is estimated to take; worked out only where it is asked for, as that reads the file's header. */
  readonly memory: () => Promise<number>;
  /** Called with a fresh measurement of the thread counts. */
  readonly remember: (choice: ThreadChoice) => void;
  /** Called when it is loaded, with what it took. */
  readonly onLoaded: (loaded: LoadedModel) => void;
}

/** Finds a model's load request by id, with other settings than the kept ones if given, or throws. */
export type RequestFor = (modelId: string, settings?: LoadSettings) => Promise<LoadRequest>;

/** A load that shows no progress for this long, in ms, is given up and the process replaced. */
const stallAfter = 30_000;
/** How long a cancelled load may take to let go before its process is replaced, in ms. */
const patience = 1_000;

/**
 * Loads a model into a slot, whose model state tells how far it is. On failure the state says why and what can be tried
 * next; a cancelled load leaves no model.
 */
export async function loadInto(
  slot: Slot,
  modelId: string,
  request: LoadRequest,
  options: {
    readonly signal: AbortSignal;
    readonly onProgress: LoadProgress;
    /** What a person should know while it loads. */
    readonly note: string | null;
    readonly gpu: boolean;
  },
): Promise<LoadedModel> {
  const { signal } = options;
  slot.setModel({ state: 'loading', id: modelId, phase: 'reading', fraction: 0, note: options.note });
  options.onProgress({ phase: 'reading', fraction: 0 });
  let api: EngineApi | undefined;
  try {
    api = await slot.api(signal);
    const loaded = await follow(slot, api, modelId, request, options);
    slot.loadedWith = sameness(request.input);
    slot.adaptedWith = JSON.stringify(request.input.adapters);
    slot.setModel({ state: 'ready', id: modelId, loaded });
    request.onLoaded(loaded);
    return loaded;
  } catch (error) {
    if (signal.aborted) {
      if (api) await slot.letGo(api.unload(null), patience);
      slot.setModel({ state: 'none' });
      throw new InklingError('cancelled', 'Loading was cancelled.');
    }
    const told = await slot.translate(error);
    const cause = causeOf(told, slot);
    const hopeless = told instanceof InklingError && noSettingHelps.has(told.code);
    slot.setModel({
      state: 'failed',
      id: modelId,
      error: toFailure(told),
      cause,
      retry: hopeless ? null : nextTry(cause, { ...request.attempt, gpu: options.gpu }),
    });
    throw told;
  }
}

async function follow(
  slot: Slot,
  api: EngineApi,
  modelId: string,
  request: LoadRequest,
  { signal, onProgress, note }: { signal: AbortSignal; onProgress: LoadProgress; note: string | null },
): Promise<LoadedModel> {
  const stalled = new AbortController();
  const watchdog = setTimeout(() => stalled.abort(), stallAfter);
  try {
    const events = api.load(request.input, { signal: AbortSignal.any([signal, stalled.signal]) });
    for await (const event of events) {
      watchdog.refresh();
      if (event.type === 'progress') {
        const { phase, fraction } = event;
        slot.setModel({ state: 'loading', id: modelId, phase, fraction, note });
        onProgress({ phase, fraction });
      } else {
        const { threads, threadsBy, threadSpeeds } = event.loaded;
        if (threadsBy === 'measured') request.remember({ threads, speeds: threadSpeeds });
        return threadSpeeds.length > 0
          ? event.loaded
          : { ...event.loaded, threadSpeeds: request.knownSpeeds };
      }
    }
    throw new InklingError('model_load_failed', 'The engine ended the load without a model. Try again.');
  } catch (error) {
    if (!stalled.signal.aborted) throw error;
    slot.process.restart();
    throw new InklingError(
      'model_load_failed',
      'Loading showed no progress for 30 seconds and was given up. The file may be damaged, or lie on a disk that does not answer.',
      { cause: 'disk' },
    );
  } finally {
    clearTimeout(watchdog);
  }
}

/** Failures that are none of the model's settings. */
const noSettingHelps: ReadonlySet<string> = new Set(['engine_unavailable', 'model_missing']);

/** What made a load fail: as the engine says, or as the end of its process tells. */
function causeOf(error: unknown, slot: Slot): LoadCause {
  if (!(error instanceof InklingError)) return 'unknown';
  if (error.code === 'engine_crashed') return slot.crash?.cause ?? 'unknown';
  if (error.code === 'model_invalid') return 'damaged';
  return loadCause.safeParse(error.details?.['cause']).data ?? 'unknown';
}

/** Two inputs are the same load if they differ only in what an earlier measurement added, or in adapters. */
export function sameness(input: LoadInput): string {
  const { path, contextSize, gpuLayers, flashAttention, cacheType, mmap } = input;
  const chosen = input.threadsBy === 'chosen' ? input.threads : null;
  return JSON.stringify([path, contextSize, chosen, gpuLayers, flashAttention, cacheType, mmap]);
}
