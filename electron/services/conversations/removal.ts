import type { Conversation } from '../../contract/conversations.ts';
import { InklingError } from '../../contract/errors.ts';
import type { Storage } from '../storage/openStorage.ts';
import { getConversation } from './conversationRows.ts';

/** Milliseconds in which a removed conversation can be brought back. */
const undoFor = 10_000;
/** A moment more before the erasure, so that a click in the last one still counts. */
const grace = 1000;

/** Hides conversations, brings them back, and erases them when the time for that is over. */
export interface Removal {
  remove(id: string): { undoUntil: number };
  restore(id: string): Conversation;
  /** Erases what is past its time and watches the rest; to be called at the start and after a reopening. */
  resume(): void;
  /** Erases all that is removed: with the app ends the time to undo. */
  close(): void;
}

/** Makes a {@link Removal}; `onErase` is told before rows go. */
export function createRemoval(options: {
  storage: Storage;
  now: () => number;
  onErase: (ids: readonly string[]) => void;
}): Removal {
  const { storage, now, onErase } = options;
  const erasing = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let stopRetrying: (() => void) | undefined;

  const removed = () =>
    storage
      .connection()
      .all<{ id: string; removed_at: number }>(
        'SELECT id, removed_at FROM conversations WHERE removed_at IS NOT NULL ORDER BY removed_at',
      );

  const erase = async (ids: readonly string[]) => {
    for (const id of ids) erasing.add(id);
    try {
      const all = [...erasing];
      onErase(all);
      await storage.erase({ conversations: all });
      for (const id of all) erasing.delete(id);
      stopRetrying?.();
      stopRetrying = undefined;
    } catch {
      // The status tells why; a full disk takes it later.
      stopRetrying ??= storage.retry(() => void erase([]));
    }
  };
  const resume = () => {
    clearTimeout(timer);
    const rows = removed();
    const due = rows.filter((row) => row.removed_at + undoFor + grace <= now());
    void erase(due.map((row) => row.id));
    const next = rows.find((row) => !due.includes(row));
    if (next) timer = setTimeout(later, Math.max(0, next.removed_at + undoFor + grace - now())).unref();
  };
  const later = () => {
    try {
      resume();
    } catch {
      // A database that cannot be read now keeps what is removed; the next start or reopening erases it.
    }
  };

  return {
    resume,
    remove(id) {
      const db = storage.connection();
      const at = now();
      db.transaction(() => {
        getConversation(db, id);
        db.run('UPDATE conversations SET removed_at = ? WHERE id = ?', at, id);
      });
      resume();
      return { undoUntil: at + undoFor };
    },
    restore(id) {
      const db = storage.connection();
      if (erasing.has(id)) throw new InklingError('not_found', 'This chat was deleted for good.');
      return db.transaction(() => {
        db.run('UPDATE conversations SET removed_at = NULL WHERE id = ?', id);
        return getConversation(db, id);
      });
    },
    close() {
      clearTimeout(timer);
      stopRetrying?.();
      try {
        void erase(removed().map((row) => row.id));
      } catch {
        // As above.
      }
    },
  };
}
