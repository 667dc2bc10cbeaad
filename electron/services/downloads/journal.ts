import type { FileHandle } from 'node:fs/promises';
import { addRange, lengthOf, type Range, type Ranges } from './ranges.ts';

/** Shares of a file that are written, but not yet known to be on disk: when to sync, when to wait for it; and ms between syncs. */
const lag = { sync: 0.02, wait: 0.07, least: 128 * 1024, time: 1000 } as const;

/** Knows which bytes of a file are written, and which of them will survive a power cut. */
export interface Journal {
  readonly written: Ranges;
  /** Notes bytes that were written; waits where the disk falls too far behind. */
  wrote(range: Range): Promise<void>;
  /** Makes everything written so far safe. Throws what the disk threw. */
  flush(): Promise<void>;
}

/** Keeps a journal: `keep` stores ranges after their bytes are on disk, never before. */
export function createJournal(options: {
  readonly handle: FileHandle;
  readonly size: number;
  readonly done: Ranges;
  readonly keep: (safe: Ranges) => void;
}): Journal {
  const limit = (share: number) => Math.max(lag.least, options.size * share);
  let written = options.done;
  let safe = lengthOf(written);
  let last = Date.now();
  let running: Promise<void> | null = null;

  const sync = async () => {
    const snapshot = written;
    last = Date.now();
    await options.handle.datasync();
    options.keep(snapshot);
    safe = lengthOf(snapshot);
  };
  const start = () => {
    running ??= sync().finally(() => {
      running = null;
    });
    return running;
  };

  return {
    get written() {
      return written;
    },
    async wrote(range) {
      written = addRange(written, range);
      const behind = lengthOf(written) - safe;
      if (behind >= limit(lag.wait)) await start();
      // A failure is told by whoever waits next.
      else if (behind >= limit(lag.sync) || Date.now() - last > lag.time) start().catch(() => {});
    },
    async flush() {
      await running?.catch(() => {});
      if (lengthOf(written) > safe) await start();
    },
  };
}
