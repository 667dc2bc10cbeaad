import { createStore } from 'zustand/vanilla';
import type { Backup, SetAsideFile, StorageStatus } from '../../electron/contract/storage.ts';
import type { Connection } from '../platform/connection.ts';

/** Whether what is written is kept, and the backups. */
export interface StorageStore {
  readonly status: StorageStatus | null;
  readonly backups: readonly Backup[] | null;
  /** Damaged databases that were put aside; null until asked for. */
  readonly setAside: readonly SetAsideFile[] | null;
  /** What is kept of chats that a model has read; null until asked for. */
  readonly states: { readonly files: number; readonly size: number } | null;
  listBackups(): Promise<void>;
  backUp(): Promise<void>;
  restore(id: string): Promise<void>;
  startFresh(): Promise<void>;
  listSetAside(): Promise<void>;
  deleteSetAside(name: string): Promise<void>;
  lookAtStates(): Promise<void>;
  clearStates(): Promise<void>;
}

/** Makes the cache of the storage's state. Its calls throw what the app answers. */
export function createStorageStore({ api, follow }: Connection) {
  const store = createStore<StorageStore>((setState, getState) => ({
    status: null,
    backups: null,
    setAside: null,
    states: null,
    listBackups: async () => setState(await api.storage.backups(null)),
    async backUp() {
      await api.storage.backup(null);
      await getState().listBackups();
    },
    async restore(id) {
      await api.storage.restore({ id });
      await getState().listBackups();
    },
    async startFresh() {
      await api.storage.startFresh(null);
    },
    async listSetAside() {
      const { files } = await api.storage.setAside(null);
      setState({ setAside: files });
    },
    async deleteSetAside(name) {
      await api.storage.deleteSetAside({ name });
      await getState().listSetAside();
    },
    async lookAtStates() {
      setState({ states: await api.storage.states(null) });
    },
    async clearStates() {
      await api.storage.clearStates(null);
      await getState().lookAtStates();
    },
  }));
  follow(
    (api) => api.storage.watch(null),
    (status) => store.setState({ status }),
  );
  return store;
}
