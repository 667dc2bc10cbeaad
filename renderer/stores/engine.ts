import { createStore } from 'zustand/vanilla';
import type { EngineStatus, ModelState } from '../../electron/contract/engine.ts';
import { InklingError } from '../../electron/contract/errors.ts';
import type { AdapterUse, LoadSettings, NextTry } from '../../electron/contract/load.ts';
import type { Connection } from '../platform/connection.ts';

/** What the engine does, and the load that this window asked for. */
export interface EngineStore {
  readonly engine: EngineStatus | null;
  /** The model that this window is loading; leaving that stream cancels the load. */
  readonly asked: string | null;
  readonly measuring: boolean;
  /** Answers whether it is loaded now; false after a cancel. */
  load(modelId: string, options?: LoadOptions): Promise<boolean>;
  cancelLoad(): void;
  unload(): Promise<void>;
  measure(): Promise<void>;
  adapt(modelId: string, adapters: readonly AdapterUse[]): Promise<void>;
}

/** How a load is asked for. */
export interface LoadOptions {
  /** Also a model that is left alone after crashes. */
  readonly force?: boolean;
  /** Tried in place of the kept settings, and kept if they work. */
  readonly settings?: LoadSettings;
  /** Told once if the model in use has to go before this one is ready. */
  readonly onReplacing?: () => void;
}

/** Makes the cache of the engine's state. Its calls throw what the app answers, except for a cancel that was asked for. */
export function createEngineStore({ api, follow }: Connection) {
  let abort: AbortController | undefined;

  const store = createStore<EngineStore>((setState) => ({
    engine: null,
    asked: null,
    measuring: false,
    async load(modelId, { force, settings, onReplacing } = {}) {
      abort?.abort();
      const mine = new AbortController();
      abort = mine;
      setState({ asked: modelId });
      try {
        let told = false;
        const input = { modelId, force, ...(settings && { settings }) };
        for await (const state of api.engine.load(input, { signal: mine.signal })) {
          if (state.state === 'failed') throw new InklingError(state.error.code, state.error.message);
          if (state.state !== 'loading' || state.note === null || told) continue;
          told = true;
          onReplacing?.();
        }
        return true;
      } catch (error) {
        if (!mine.signal.aborted) throw error;
        return false;
      } finally {
        if (abort === mine) {
          abort = undefined;
          setState({ asked: null });
        }
      }
    },
    cancelLoad: () => abort?.abort(),
    unload: async () => {
      await api.engine.unload(null);
    },
    async measure() {
      setState({ measuring: true });
      try {
        await api.engine.measure(null);
      } finally {
        setState({ measuring: false });
      }
    },
    async adapt(modelId, adapters) {
      await api.engine.adapt({ modelId, adapters: [...adapters] });
    },
  }));
  follow(
    (api) => api.engine.watch(null),
    (engine) => store.setState({ engine }),
  );
  return store;
}

/** The id of the model that is loaded now, or null. */
export const loadedModelId = (engine: EngineStatus | null): string | null =>
  engine?.model.state === 'ready' ? engine.model.id : null;

/** The state of one model: on its way beside another, in use, failed, or none of it. */
export function stateOf(
  engine: EngineStatus | null,
  id: string | null,
): Exclude<ModelState, { state: 'none' }> | null {
  if (!engine || id === null) return null;
  const { model, next } = engine;
  if (next?.state === 'loading' && next.id === id) return next;
  if (model.state !== 'none' && model.id === id) return model;
  return next?.id === id ? next : null;
}

/** What can be tried after the newest load of a model failed; null if it did not, or nothing helps. */
export function retryOf(engine: EngineStatus | null, id: string): NextTry | null {
  const state = stateOf(engine, id);
  return state?.state === 'failed' ? state.retry : null;
}
