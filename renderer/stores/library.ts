import { createStore } from 'zustand/vanilla';
import type { LibrarySnapshot, Model, ModelCheck } from '../../electron/contract/library.ts';
import type { Connection } from '../platform/connection.ts';

/** The model files the app knows; null until they were read. */
export interface LibraryStore {
  readonly library: LibrarySnapshot | null;
  /** Models whose bytes are being read now, each with how far that is, 0 to 1. */
  readonly verifying: ReadonlyMap<string, number>;
  add(path: string): Promise<void>;
  remove(path: string): Promise<void>;
  rescan(): Promise<void>;
  /** Null goes back to the name of the file. */
  rename(id: string, name: string | null): Promise<void>;
  /** Answers the bytes that the disk got back. */
  delete(id: string): Promise<number>;
  adopt(ids: readonly string[]): Promise<void>;
  /** Reads every byte; null if it was stopped. */
  verify(id: string): Promise<ModelCheck | null>;
  stopVerifying(id: string): void;
}

/** Makes the cache of the library. Its calls throw what the app answers. */
export function createLibraryStore({ api, follow }: Connection) {
  const running = new Map<string, AbortController>();
  const store = createStore<LibraryStore>((setState, getState) => {
    const note = (id: string, fraction: number | null) => {
      const verifying = new Map(getState().verifying);
      if (fraction === null) verifying.delete(id);
      else verifying.set(id, fraction);
      setState({ verifying });
    };
    return {
      library: null,
      verifying: new Map(),
      add: async (path) => setState({ library: await api.library.add({ path }) }),
      remove: async (path) => setState({ library: await api.library.remove({ path }) }),
      rescan: async () => setState({ library: await api.library.rescan(null) }),
      rename: async (id, name) => setState({ library: await api.library.rename({ id, name }) }),
      adopt: async (ids) => setState({ library: await api.library.adopt({ ids: [...ids] }) }),
      async delete(id) {
        const { freed, library } = await api.library.delete({ id });
        setState({ library });
        return freed;
      },
      async verify(id) {
        if (running.has(id)) return null;
        const leave = new AbortController();
        running.set(id, leave);
        note(id, 0);
        try {
          let found: ModelCheck | null = null;
          for await (const { read, size, check } of api.library.verify({ id }, { signal: leave.signal })) {
            note(id, size > 0 ? read / size : 1);
            found = check;
          }
          return found;
        } catch (error) {
          if (leave.signal.aborted) return null;
          throw error;
        } finally {
          running.delete(id);
          note(id, null);
        }
      },
      stopVerifying: (id) => running.get(id)?.abort(),
    };
  });
  follow(
    (api) => api.library.watch(null),
    (library) => store.setState({ library }),
  );
  return store;
}

/** Finds a model by id. */
export const findModel = (library: LibrarySnapshot | null, id: string | null): Model | null =>
  library?.models.find((model) => model.id === id) ?? null;

/** Whether a file can answer by itself: readable, and no adapter or other part. */
export const isChatModel = (model: Model): boolean => model.state === 'ok' && model.summary.kind === 'model';
