import { watch } from 'node:fs';

/** Watches at most this many folders; more are still read when the person looks again. */
const limit = 200;

/** Tells that something in one of the followed folders changed. */
export interface FolderWatcher {
  /** Follows exactly these folders from now on. */
  follow(folders: readonly string[]): void;
  close(): void;
}

/** Makes a {@link FolderWatcher}. A folder that cannot be watched (a network disk, say) is left out without a word. */
export function createFolderWatcher(onChange: () => void): FolderWatcher {
  const watchers = new Map<string, { close(): void }>();
  let closed = false;

  const start = (folder: string) => {
    try {
      const watcher = watch(folder, { persistent: false }, onChange);
      watcher.on('error', () => watcher.close());
      watchers.set(folder, watcher);
    } catch {
      // It is still read on "look again".
    }
  };
  return {
    follow(folders) {
      if (closed) return;
      const wanted = new Set(folders.slice(0, limit));
      for (const [folder, watcher] of watchers) {
        if (wanted.has(folder)) continue;
        watcher.close();
        watchers.delete(folder);
      }
      for (const folder of wanted) if (!watchers.has(folder)) start(folder);
    },
    close() {
      closed = true;
      for (const watcher of watchers.values()) watcher.close();
      watchers.clear();
    },
  };
}
