import { createStore } from 'zustand/vanilla';
import type { EngineStatus } from '../../electron/contract/engine.ts';
import { InklingError } from '../../electron/contract/errors.ts';
import type { Connection } from '../platform/connection.ts';

/** What the engine does, and the load that this window asked for. */
export interface EngineStore {
  readonly engine: EngineStatus | null;
  /** The model that this window is loading; leaving that stream cancels the load. */
  readonly asked: string | null;
  readonly measuring: boolean;
  load(modelId: string, force?: boolean): Promise<void>;
  cancelLoad(): void;
  unload(): Promise<void>;
  measure(): Promise<void>;
}

/** Makes the cache of the engine's state. Its calls throw what the app answers, except for a cancel that was asked for. */
export function createEngineStore({ api, follow }: Connection) {
  let abort: AbortController | undefined;

  const store = createStore<EngineStore>((setState) => ({
    engine: null,
    asked: null,
    measuring: false,
    async load(modelId, force) {
      abort?.abort();
      const mine = new AbortController();
      abort = mine;
      setState({ asked: modelId });
      try {
        for await (const state of api.engine.load({ modelId, force }, { signal: mine.signal })) {
          if (state.state === 'failed') throw new InklingError(state.error.code, state.error.message);
        }
      } catch (error) {
        if (!mine.signal.aborted) throw error;
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
