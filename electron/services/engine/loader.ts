import type { Topic } from '../../base/topic.ts';
import type { EngineStatus, LoadedModel } from '../../contract/engine.ts';
import { InklingError, toFailure } from '../../contract/errors.ts';
import type { LoadInput } from '../../engine/contract.ts';
import type { EngineApi } from './engineProcess.ts';
import type { ThreadChoice } from './threadMemory.ts';

type ModelState = EngineStatus['model'];
export type LoadProgress = (progress: { phase: 'reading' | 'measuring'; fraction: number }) => void;

/** What to load and how; `remember` is called with a fresh measurement of the thread counts. */
export interface LoadRequest {
  readonly input: LoadInput;
  /** The speeds measured at an earlier load, to be shown with a remembered choice. */
  readonly knownSpeeds: ThreadChoice['speeds'];
  readonly remember: (choice: ThreadChoice) => void;
}

/** A load that shows no progress for this long, in ms, is given up and the process replaced. */
const stallAfter = 30_000;

/** Loads, unloads and measures models in the engine process, and keeps the state that everybody sees. */
export function createLoader(deps: {
  api: (signal?: AbortSignal) => Promise<EngineApi>;
  current: () => ModelState;
  setModel: (state: ModelState) => void;
  requestFor: (modelId: string) => Promise<LoadRequest>;
  translate: (error: unknown) => Promise<unknown>;
  letGo: (task: Promise<unknown>) => Promise<void>;
  restart: () => void;
}) {
  /** The input of the model that is ready, to notice changed settings. */
  let loadedInput = '';

  const ensure = async (
    modelId: string,
    signal: AbortSignal,
    onProgress: LoadProgress,
  ): Promise<LoadedModel> => {
    const request = await deps.requestFor(modelId);
    const key = sameness(request.input);
    const now = deps.current();
    if (now.state === 'ready' && now.id === modelId && loadedInput === key) return now.loaded;
    const api = await deps.api(signal);
    try {
      const loaded = await load(api, modelId, request, signal, onProgress);
      loadedInput = key;
      deps.setModel({ state: 'ready', id: modelId, loaded });
      return loaded;
    } catch (error) {
      throw await giveUp(api, modelId, error, signal);
    }
  };

  const load = async (
    api: EngineApi,
    modelId: string,
    request: LoadRequest,
    signal: AbortSignal,
    onProgress: LoadProgress,
  ): Promise<LoadedModel> => {
    const stalled = new AbortController();
    const watchdog = setTimeout(() => stalled.abort(), stallAfter);
    deps.setModel({ state: 'loading', id: modelId, phase: 'reading', fraction: 0 });
    onProgress({ phase: 'reading', fraction: 0 });
    try {
      const events = api.load(request.input, { signal: AbortSignal.any([signal, stalled.signal]) });
      for await (const event of events) {
        watchdog.refresh();
        if (event.type === 'progress') {
          const { phase, fraction } = event;
          deps.setModel({ state: 'loading', id: modelId, phase, fraction });
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
      deps.restart();
      throw new InklingError(
        'model_load_failed',
        'Loading showed no progress for 30 seconds and was given up. The file may be damaged, or lie on a disk that does not answer.',
      );
    } finally {
      clearTimeout(watchdog);
    }
  };

  /** Leaves the engine clean after a load that ended early, and says why it did. */
  const giveUp = async (
    api: EngineApi,
    modelId: string,
    error: unknown,
    signal: AbortSignal,
  ): Promise<unknown> => {
    if (signal.aborted) {
      await deps.letGo(api.unload(null));
      deps.setModel({ state: 'none' });
      return new InklingError('cancelled', 'Loading was cancelled.');
    }
    const told = await deps.translate(error);
    deps.setModel({ state: 'failed', id: modelId, error: toFailure(told) });
    return told;
  };

  async function* stream(
    modelId: string,
    signal: AbortSignal,
    status: Topic<EngineStatus>,
    run: (signal: AbortSignal) => Promise<unknown>,
  ): AsyncGenerator<ModelState> {
    const done = new AbortController();
    const left = new AbortController();
    const running = run(AbortSignal.any([signal, left.signal])).finally(() => done.abort());
    running.catch(() => {});
    try {
      for await (const { model } of status.watch(done.signal)) {
        if (model.state === 'loading' && model.id === modelId) yield model;
      }
      await running;
      yield deps.current();
    } finally {
      left.abort();
    }
  }

  return {
    ensure,
    stream,
    async unload(): Promise<null> {
      const api = await deps.api();
      await deps.letGo(api.unload(null));
      deps.setModel({ state: 'none' });
      return null;
    },
    async measure(): Promise<LoadedModel> {
      const now = deps.current();
      if (now.state !== 'ready')
        throw new InklingError('no_model', 'No model is loaded. Load one, then measure.');
      const api = await deps.api();
      const loaded = await api.measure(null).catch(async (error: unknown) => {
        throw await deps.translate(error);
      });
      (await deps.requestFor(now.id)).remember({ threads: loaded.threads, speeds: loaded.threadSpeeds });
      deps.setModel({ state: 'ready', id: now.id, loaded });
      return loaded;
    },
  };
}

/** Two inputs are the same load if they differ only in what an earlier measurement added. */
function sameness(input: LoadInput): string {
  const chosen = input.threadsBy === 'chosen' ? input.threads : null;
  return JSON.stringify([input.path, input.contextSize, chosen, input.gpuLayers]);
}
