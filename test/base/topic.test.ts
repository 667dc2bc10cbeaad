import { describe, expect, it } from 'vitest';
import { createTopic } from '../../electron/base/topic.ts';

describe('topic', () => {
  it('gives a new reader the value of now, then each change', async () => {
    const topic = createTopic(1);
    const reader = topic.watch()[Symbol.asyncIterator]();
    expect((await reader.next()).value).toBe(1);
    topic.set(2);
    expect((await reader.next()).value).toBe(2);
    const waiting = reader.next();
    topic.update((value) => value + 1);
    expect((await waiting).value).toBe(3);
    expect(topic.value).toBe(3);
    await reader.return?.();
  });

  it('gives a slow reader the newest value, never a backlog', async () => {
    const topic = createTopic(0);
    const reader = topic.watch()[Symbol.asyncIterator]();
    await reader.next();
    for (let value = 1; value <= 1000; value++) topic.set(value);
    expect((await reader.next()).value).toBe(1000);
    const waiting = reader.next();
    topic.set(1001);
    expect((await waiting).value).toBe(1001);
    await reader.return?.();
  });

  it('tells nobody when the identical value is set', async () => {
    const topic = createTopic('same');
    const reader = topic.watch()[Symbol.asyncIterator]();
    await reader.next();
    const waiting = reader.next();
    topic.set('same');
    topic.set('other');
    expect((await waiting).value).toBe('other');
    await reader.return?.();
  });

  it('ends its streams when their signal aborts, also before the first value', async () => {
    const topic = createTopic(1);
    const stop = new AbortController();
    const reader = topic.watch(stop.signal)[Symbol.asyncIterator]();
    await reader.next();
    const waiting = reader.next();
    stop.abort();
    expect((await waiting).done).toBe(true);
    expect(await Array.fromAsync(topic.watch(stop.signal))).toEqual([]);
  });
});
