/** A push/pull queue: pushes never block, the one reader awaits items in order; `size` tells how many wait. */
export interface AsyncQueue<T> extends AsyncIterableIterator<T> {
  readonly size: number;
  push(item: T): void;
  end(): void;
  fail(error: unknown): void;
}

type Waiter<T> = { resolve(result: IteratorResult<T>): void; reject(error: unknown): void };

/** Makes an {@link AsyncQueue}; `onTake` is called after each item the reader took, `onReturn` once if it leaves early. */
export function createAsyncQueue<T>(
  hooks: { onTake?: () => void; onReturn?: () => void } = {},
): AsyncQueue<T> {
  let items: T[] = [];
  let head = 0;
  let closed: { error?: unknown } | undefined;
  const waiters: Waiter<T>[] = [];

  const close = (state: { error?: unknown }) => {
    if (closed) return;
    closed = state;
    for (const waiter of waiters.splice(0)) settle(waiter);
  };
  const settle = (waiter: Waiter<T>) => {
    if (closed && 'error' in closed) waiter.reject(closed.error);
    else waiter.resolve({ done: true, value: undefined });
  };
  const take = (): T => {
    const item = items[head++] as T;
    // Compact now and then: shifting an array for every item would make a long backlog quadratic.
    if (head > 1024 && head * 2 > items.length) {
      items = items.slice(head);
      head = 0;
    }
    return item;
  };

  return {
    get size() {
      return items.length - head;
    },
    push(item) {
      if (closed) return;
      const waiter = waiters.shift();
      if (!waiter) {
        items.push(item);
        return;
      }
      waiter.resolve({ done: false, value: item });
      hooks.onTake?.();
    },
    end: () => close({}),
    fail: (error) => close({ error }),
    next() {
      if (head < items.length) {
        const value = take();
        hooks.onTake?.();
        return Promise.resolve({ done: false, value });
      }
      return new Promise((resolve, reject) => {
        if (closed) settle({ resolve, reject });
        else waiters.push({ resolve, reject });
      });
    },
    return() {
      items = [];
      head = 0;
      if (!closed) hooks.onReturn?.();
      close({});
      return Promise.resolve({ done: true, value: undefined });
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
