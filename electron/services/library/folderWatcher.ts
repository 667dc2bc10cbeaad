import { statSync, watch } from 'node:fs';

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
  const watchers = new Map<string, { readonly identity: string | null; close(): void }>();
  let closed = false;

  const start = (folder: string) => {
    try {
      const identity = identityOf(folder);
      const watcher = watch(folder, { persistent: false }, onChange);
      watcher.on('error', () => {
        watcher.close();
        watchers.delete(folder);
      });
      watchers.set(folder, { identity, close: () => watcher.close() });
    } catch {
      // It is still read on "look again".
    }
  };
  return {
    follow(folders) {
      if (closed) return;
      const wanted = new Set(folders.slice(0, limit));
      for (const [folder, watcher] of watchers) {
        // A disk that was plugged in again, say, has the same name and is another folder. One that is gone may come back.
        const now = identityOf(folder);
        if (wanted.has(folder) && (now === null || now === watcher.identity)) continue;
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

/** What stays the same while a folder is the same one (numbers are used again); null while it is not there. */
function identityOf(folder: string): string | null {
  const facts = statSync(folder, { throwIfNoEntry: false, bigint: true });
  return facts ? `${facts.dev}:${facts.ino}:${facts.birthtimeNs}` : null;
}
