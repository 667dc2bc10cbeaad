import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';

/** Bytes hashed at once: well under a millisecond, so that nothing else waits. */
const slice = 512 * 1024;

/** The SHA-256 of a file that is still being written, computed on the way from its beginning. */
export interface PrefixHash {
  /** Bytes hashed so far. */
  readonly position: number;
  /** Hashes bytes that are still in memory if they come next; otherwise they are read back later. */
  offer(start: number, chunks: readonly Buffer[]): void;
  /** Tells that everything before `end` is written; hashing goes on by itself. */
  advance(end: number): void;
  /** Waits until everything told is hashed. Throws what reading threw. */
  caughtUp(): Promise<void>;
  /** The hash of all bytes so far, in hex; only once. */
  digest(): string;
  stop(): Promise<void>;
}

/** Follows a file. The bytes come back from the system's cache, so they need not be kept in memory in any order. */
export function createPrefixHash(handle: FileHandle, onProgress: () => void): PrefixHash {
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(slice);
  let position = 0;
  let limit = 0;
  let stopped = false;
  let failure: unknown = null;
  let running: Promise<void> | null = null;

  const run = async () => {
    while (position < limit && !stopped) {
      const wanted = Math.min(slice, limit - position);
      const { bytesRead } = await handle.read(buffer, 0, wanted, position);
      if (bytesRead === 0) throw new Error('the file became shorter while it was read');
      hash.update(buffer.subarray(0, bytesRead));
      position += bytesRead;
      onProgress();
    }
  };
  const start = () => {
    running ??= run()
      .catch((error: unknown) => {
        failure = error;
      })
      .finally(() => {
        running = null;
        if (position < limit && !stopped && failure === null) start();
      });
  };

  return {
    get position() {
      return position;
    },
    offer(start, chunks) {
      if (running || stopped || start !== position) return;
      for (const chunk of chunks) {
        hash.update(chunk);
        position += chunk.length;
      }
      limit = Math.max(limit, position);
    },
    advance(end) {
      limit = Math.max(limit, end);
      if (failure === null && position < limit) start();
    },
    async caughtUp() {
      while (running) await running;
      if (failure !== null) throw failure;
    },
    digest: () => hash.digest('hex'),
    async stop() {
      stopped = true;
      while (running) await running;
    },
  };
}
