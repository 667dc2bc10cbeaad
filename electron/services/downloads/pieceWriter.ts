import type { FileHandle } from 'node:fs/promises';
import { freeBytes } from '../../base/freeBytes.ts';
import type { Range } from './ranges.ts';

/** Milliseconds that bytes may wait in memory for company. */
const longestWait = 250;

/** Writes bytes that arrive in order, a good amount at a time, while the next ones arrive. */
export interface PieceWriter {
  /** Where the next byte goes. */
  readonly at: number;
  /** Takes the bytes over: once they are written their memory is given back. */
  add(chunk: Buffer): Promise<void>;
  /** Writes what is left and waits for all of it. */
  finish(): Promise<void>;
}

/** Starts writing at a position. */
export function createPieceWriter(options: {
  readonly handle: FileHandle;
  readonly start: number;
  /** Bytes to collect before they are written. */
  readonly batch: number;
  /** Hears of each stretch once it is in the file. */
  readonly wrote: (range: Range) => Promise<void>;
}): PieceWriter {
  let waiting: Buffer[] = [];
  let size = 0;
  let at = options.start;
  let since = 0;
  let writing: Promise<void> = Promise.resolve();

  const write = async (chunks: readonly Buffer[], start: number, length: number) => {
    let left = chunks;
    for (let done = 0; done < length; ) {
      const { bytesWritten } = await options.handle.writev(left, start + done);
      done += bytesWritten;
      if (done < length) left = dropBytes(left, bytesWritten);
    }
    for (const chunk of chunks) freeBytes(chunk);
    await options.wrote([start, start + length]);
  };
  const push = async () => {
    await writing;
    if (size === 0) return;
    writing = write(waiting, at - size, size);
    // Whoever waits for it next is told; until then it must not end the process.
    writing.catch(() => {});
    waiting = [];
    size = 0;
  };

  return {
    get at() {
      return at;
    },
    async add(chunk) {
      if (size === 0) since = Date.now();
      waiting.push(chunk);
      size += chunk.length;
      at += chunk.length;
      if (size >= options.batch || Date.now() - since > longestWait) await push();
    },
    async finish() {
      await push();
      await writing;
    },
  };
}

function dropBytes(chunks: readonly Buffer[], count: number): Buffer[] {
  let left = count;
  return chunks.flatMap((chunk) => {
    const drop = Math.min(left, chunk.length);
    left -= drop;
    return drop === chunk.length ? [] : [chunk.subarray(drop)];
  });
}
