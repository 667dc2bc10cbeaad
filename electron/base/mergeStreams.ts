/**
 * Reads several streams at once and tells which one an element came from, each in its own order. Nothing is read ahead of
 * the reader but one element of each. Leaving it leaves all of them.
 */
export async function* mergeStreams<T>(
  streams: readonly AsyncIterable<T>[],
): AsyncGenerator<{ readonly index: number; readonly value: T }> {
  const iterators = streams.map((stream) => stream[Symbol.asyncIterator]());
  const read = async (iterator: AsyncIterator<T>, index: number) => ({
    index,
    result: await iterator.next(),
  });
  const waiting = new Map(iterators.map((iterator, index) => [index, read(iterator, index)]));
  try {
    while (waiting.size > 0) {
      const { index, result } = await Promise.race(waiting.values());
      const iterator = iterators[index];
      if (result.done || !iterator) waiting.delete(index);
      else {
        waiting.set(index, read(iterator, index));
        yield { index, value: result.value };
      }
    }
  } finally {
    for (const each of waiting.values()) each.catch(() => {});
    await Promise.all(iterators.map((iterator) => iterator.return?.()));
  }
}
