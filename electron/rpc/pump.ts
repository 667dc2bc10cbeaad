import { abortable } from '../base/abortable.ts';

/**
 * Sends every event of a stream, one after another, until it ends, `send` fails or the signal aborts. The stream is
 * finalised in each case, but not waited for: one that ignores its signal must not hold its caller for ever.
 * `onLateError` is told what its clean-up throws.
 */
export async function pump(
  events: AsyncIterable<unknown>,
  signal: AbortSignal,
  send: (data: unknown) => Promise<void>,
  onLateError: (error: unknown) => void,
): Promise<void> {
  const iterator = events[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await abortable(iterator.next(), signal);
      if (next.done) return;
      await send(next.value);
    }
  } finally {
    Promise.resolve(iterator.return?.()).catch(onLateError);
  }
}
