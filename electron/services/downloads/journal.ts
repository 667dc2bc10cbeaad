import type { FileHandle } from 'node:fs/promises';
import { addRange, lengthOf, type Range, type Ranges } from './ranges.ts';

/** The part of a file that may be written, but not yet known to be on disk, and the time in ms. */
const lag = { share: 0.025, least: 128 * 1024, time: 1000 } as const;

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
  const step = Math.max(lag.least, options.size * lag.share);
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
      if (behind >= 2 * step) await start();
      // A failure is told by whoever waits next.
      else if (behind >= step || Date.now() - last > lag.time) start().catch(() => {});
    },
    async flush() {
      await running?.catch(() => {});
      if (lengthOf(written) > safe) await start();
    },
  };
}
