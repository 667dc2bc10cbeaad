import { createAsyncQueue } from './asyncQueue.ts';

/** A value that changes and the streams that follow it; a slow reader gets the newest value, never a backlog. */
export interface Topic<T> {
  readonly value: T;
  set(value: T): void;
  update(change: (value: T) => T): void;
  /** Yields the value now and after each change, until the signal aborts. */
  watch(signal?: AbortSignal): AsyncIterable<T>;
}

/** Makes a {@link Topic}; setting the identical value tells nobody. */
export function createTopic<T>(initial: T): Topic<T> {
  let value = initial;
  const wakers = new Set<() => void>();

  const set = (next: T) => {
    if (Object.is(next, value)) return;
    value = next;
    for (const wake of wakers) wake();
  };

  async function* watch(signal?: AbortSignal): AsyncGenerator<T> {
    const changes = createAsyncQueue<true>();
    const wake = () => {
      if (changes.size === 0) changes.push(true);
    };
    const stop = () => changes.end();
    wakers.add(wake);
    signal?.addEventListener('abort', stop, { once: true });
    try {
      if (signal?.aborted) return;
      yield value;
      for await (const _ of changes) yield value;
    } finally {
      wakers.delete(wake);
      signal?.removeEventListener('abort', stop);
    }
  }

  return {
    get value() {
      return value;
    },
    set,
    update: (change) => set(change(value)),
    watch,
  };
}
