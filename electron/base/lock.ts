import { abortable } from './abortable.ts';

/** Runs tasks one after another in the order asked; a task whose signal aborts while waiting never starts. */
export interface Lock {
  /** Tasks that hold or wait for the lock. */
  readonly length: number;
  run<T>(task: () => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** Waits for the lock and returns its release function (call it exactly once, in a `finally`). */
  acquire(signal?: AbortSignal): Promise<() => void>;
}

/** Makes a fair {@link Lock}. */
export function createLock(): Lock {
  let tail: Promise<void> = Promise.resolve();
  let length = 0;

  const acquire = async (signal?: AbortSignal): Promise<() => void> => {
    signal?.throwIfAborted();
    let open: () => void = () => {};
    const mine = new Promise<void>((resolve) => {
      open = resolve;
    });
    const before = tail;
    tail = before.then(() => mine);
    length++;
    const release = () => {
      length--;
      open();
    };
    try {
      await abortable(before, signal);
    } catch (error) {
      release();
      throw error;
    }
    return release;
  };

  return {
    get length() {
      return length;
    },
    acquire,
    async run(task, signal) {
      const release = await acquire(signal);
      try {
        return await task();
      } finally {
        release();
      }
    },
  };
}
