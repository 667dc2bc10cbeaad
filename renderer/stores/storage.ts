import { createStore } from 'zustand/vanilla';
import type { Backup, StorageStatus } from '../../electron/contract/storage.ts';
import type { Connection } from '../platform/connection.ts';

/** Whether what is written is kept, and the backups. */
export interface StorageStore {
  readonly status: StorageStatus | null;
  readonly backups: readonly Backup[] | null;
  listBackups(): Promise<void>;
  backUp(): Promise<void>;
  restore(id: string): Promise<void>;
  startFresh(): Promise<void>;
}

/** Makes the cache of the storage's state. Its calls throw what the app answers. */
export function createStorageStore({ api, follow }: Connection) {
  const store = createStore<StorageStore>((setState, getState) => ({
    status: null,
    backups: null,
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
  }));
  follow(
    (api) => api.storage.watch(null),
    (status) => store.setState({ status }),
  );
  return store;
}
