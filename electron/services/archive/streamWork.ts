import { createAsyncQueue } from '../../base/asyncQueue.ts';

/**
 * Streams the events of a work that runs by itself: it goes at its own speed and is stopped, and waited for, when the
 * reader leaves. Of progress that nobody took yet only the newest is kept.
 */
export async function* streamWork<E extends { readonly type: string }>(
  signal: AbortSignal,
  work: (emit: (event: E) => void, signal: AbortSignal) => Promise<void>,
): AsyncGenerator<E> {
  const stop = new AbortController();
  const wake = createAsyncQueue<true>();
  const waiting: E[] = [];
  let failure: { readonly error: unknown } | null = null;
  const emit = (event: E) => {
    if (waiting.at(-1)?.type === event.type) waiting.pop();
    waiting.push(event);
    if (wake.size === 0) wake.push(true);
  };
  const working = work(emit, AbortSignal.any([signal, stop.signal]))
    .catch((error: unknown) => {
      failure = { error };
    })
    .finally(() => wake.end());
  try {
    for await (const _ of wake) yield* waiting.splice(0);
    yield* waiting.splice(0);
    // The compiler does not see that the work sets it.
    const failed = failure as { readonly error: unknown } | null;
    if (failed) throw failed.error;
  } finally {
    stop.abort();
    await working;
  }
}
