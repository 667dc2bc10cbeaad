import type { FileHandle } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';

/** What the thread is told: how far the file is written, to tell the hash of all so far, to end. */
export type HashOrder = { readonly limit: number } | 'digest' | 'stop';
/** What the thread tells. */
export type HashWord =
  | { readonly position: number }
  | { readonly digest: string }
  | { readonly failed: unknown };

/** The SHA-256 of a file that is still being written, computed on the way from its beginning, in a thread of its own. */
export interface PrefixHash {
  /** Bytes hashed so far. */
  readonly position: number;
  /** Tells that everything before `end` is written; hashing goes on by itself. */
  advance(end: number): void;
  /** Waits until everything told is hashed. Throws what reading threw, and when it was stopped. */
  caughtUp(): Promise<void>;
  /** The hash of all bytes so far, in hex; only once, after `caughtUp`. */
  digest(): Promise<string>;
  /** Ends it; afterwards the file is not read any more and may be closed. */
  stop(): Promise<void>;
}

/** Follows a file. The bytes come back from the system's cache, so they need not be kept in memory in any order. */
export function createPrefixHash(handle: FileHandle, onProgress: () => void): PrefixHash {
  let position = 0;
  let limit = 0;
  let failure: unknown = null;
  let digest: string | null = null;
  let worker: Worker | null = null;
  let ended: Promise<void> = Promise.resolve();
  let wake = () => {};

  const start = (): Worker => {
    // Threads of a process share its open files.
    const thread = new Worker(threadEntry(), { workerData: { fd: handle.fd }, execArgv: [] });
    ended = new Promise((resolve) => {
      thread.once('exit', () => {
        if (digest === null) failure ??= new Error('the thread that computes the hash ended');
        resolve();
        wake();
      });
    });
    thread.on('error', (error) => {
      failure ??= error;
    });
    thread.on('message', (word: HashWord) => {
      if ('position' in word) {
        position = word.position;
        onProgress();
      } else if ('digest' in word) digest = word.digest;
      else failure ??= word.failed;
      wake();
    });
    return thread;
  };
  const order = (what: HashOrder) => {
    worker ??= start();
    worker.postMessage(what);
  };
  const until = async (done: () => boolean) => {
    while (!done()) {
      if (failure !== null) throw failure;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };

  return {
    get position() {
      return position;
    },
    advance(end) {
      if (end <= limit || failure !== null) return;
      limit = end;
      order({ limit });
    },
    caughtUp: () => until(() => position >= limit && failure === null),
    async digest() {
      order('digest');
      await until(() => digest !== null);
      await this.stop();
      return digest ?? '';
    },
    async stop() {
      if (digest === null) failure ??= new Error('it was stopped');
      worker?.postMessage('stop');
      wake();
      await ended;
    },
  };
}

/** The file of the thread: beside the bundle where there is one. A thread cannot start inside of Electron's archive. */
function threadEntry(): URL {
  const self = import.meta.url;
  if (!self.endsWith('.mjs')) return new URL('hashThread.ts', self);
  return new URL('hash.mjs', self.replace(/\bapp\.asar\b/, 'app.asar.unpacked'));
}
