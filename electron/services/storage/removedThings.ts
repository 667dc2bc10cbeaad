import type { Db } from './db.ts';
import type { Storage } from './openStorage.ts';

/** Milliseconds in which something that was removed can be brought back. */
const undoFor = 10_000;
/** A moment more before the erasure, so that a click in the last one still counts. */
const grace = 1000;

/** Things of one kind that are hidden at once when they are removed, and erased when the time to bring them back is over. */
export interface RemovedThings {
  /** Until when one that is removed at this time can be brought back. */
  undoUntil(at: number): number;
  /** True once it is being erased. */
  isGone(id: string): boolean;
  /** Erases what is past its time and watches the rest; at the start, after a reopening and after each removal. */
  resume(): void;
  /** Erases all that is removed: with the app ends the time to undo. */
  close(): void;
}

/** Makes {@link RemovedThings}. `list` tells what is removed; `erase` is asked again until it succeeds. */
export function createRemovedThings(options: {
  readonly storage: Storage;
  readonly now: () => number;
  readonly list: (db: Db) => readonly { readonly id: string; readonly removed_at: number }[];
  readonly erase: (ids: readonly string[]) => Promise<void>;
}): RemovedThings {
  const { storage, now, list } = options;
  const erasing = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let stopRetrying: (() => void) | undefined;

  const erase = async (ids: readonly string[]) => {
    for (const id of ids) erasing.add(id);
    if (erasing.size === 0) return;
    try {
      const all = [...erasing];
      await options.erase(all);
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
      const rows = [...list(storage.connection())].sort((a, b) => a.removed_at - b.removed_at);
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
        void erase(list(storage.connection()).map(({ id }) => id));
      } catch {
        // As above.
      }
    },
  };
}
