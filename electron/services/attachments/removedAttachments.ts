import type { Storage } from '../storage/openStorage.ts';
import { listRemoved } from './attachmentRows.ts';

/** Ms in which a removed attachment can be brought back, and a moment more so that a click in the last one counts. */
const undoFor = 10_000;
const grace = 1000;

/** Erases removed attachments when the time to bring them back is over. */
export interface RemovedAttachments {
  /** Until when one that is removed at this time can be brought back. */
  undoUntil(at: number): number;
  /** True once it is being erased. */
  isGone(id: string): boolean;
  /** Erases what is past its time and watches the rest; at the start and after each removal. */
  resume(): void;
  /** Erases all that is removed: with the app ends the time to undo. */
  close(): void;
}

/** Makes {@link RemovedAttachments}. */
export function createRemoved(options: { storage: Storage; now: () => number }): RemovedAttachments {
  const { storage, now } = options;
  const erasing = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let stopRetrying: (() => void) | undefined;

  const erase = async (ids: readonly string[]) => {
    for (const id of ids) erasing.add(id);
    if (erasing.size === 0) return;
    try {
      const all = [...erasing];
      await storage.erase({ attachments: all });
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
    try {
      const rows = listRemoved(storage.connection());
      const due = rows.filter((row) => row.removed_at + undoFor + grace <= now());
      void erase(due.map(({ id }) => id));
      const next = rows.find((row) => !due.includes(row));
      if (next) timer = setTimeout(resume, Math.max(0, next.removed_at + undoFor + grace - now())).unref();
    } catch {
      // A database that cannot be read now keeps them; the next start or reopening erases them.
    }
  };
  return {
    undoUntil: (at) => at + undoFor,
    isGone: (id) => erasing.has(id),
    resume,
    close() {
      clearTimeout(timer);
      stopRetrying?.();
      try {
        void erase(listRemoved(storage.connection()).map(({ id }) => id));
      } catch {
        // As above.
      }
    },
  };
}
