import { createStore } from 'zustand/vanilla';
import type { LibrarySnapshot, Model } from '../../electron/contract/library.ts';
import type { Connection } from '../platform/connection.ts';

/** The model files the app knows; null until they were read. */
export interface LibraryStore {
  readonly library: LibrarySnapshot | null;
  add(path: string): Promise<void>;
  remove(path: string): Promise<void>;
  rescan(): Promise<void>;
}

/** Makes the cache of the library. Its calls throw what the app answers. */
export function createLibraryStore({ api, follow }: Connection) {
  const store = createStore<LibraryStore>((setState) => ({
    library: null,
    add: async (path) => setState({ library: await api.library.add({ path }) }),
    remove: async (path) => setState({ library: await api.library.remove({ path }) }),
    rescan: async () => setState({ library: await api.library.rescan(null) }),
  }));
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
