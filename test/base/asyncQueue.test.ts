import { describe, expect, it, vi } from 'vitest';
import { createAsyncQueue } from '../../electron/base/asyncQueue.ts';

describe('asyncQueue', () => {
  it('gives items in the order they were pushed, before and while the reader waits', async () => {
    const queue = createAsyncQueue<number>();
    queue.push(1);
    queue.push(2);
    expect(queue.size).toBe(2);
    expect(await queue.next()).toEqual({ done: false, value: 1 });
    expect(await queue.next()).toEqual({ done: false, value: 2 });
    const waiting = [queue.next(), queue.next()];
    queue.push(3);
    queue.push(4);
    expect(await Promise.all(waiting)).toEqual([
      { done: false, value: 3 },
      { done: false, value: 4 },
    ]);
    expect(queue.size).toBe(0);
  });

  it('keeps the order through a backlog of 10,000 items read while more arrive', async () => {
    const queue = createAsyncQueue<number>();
    for (let item = 0; item < 10_000; item++) queue.push(item);
    for (let item = 0; item < 10_000; item++) {
      expect((await queue.next()).value).toBe(item);
      queue.push(10_000 + item);
    }
    expect(queue.size).toBe(10_000);
    expect((await queue.next()).value).toBe(10_000);
  });

  it('delivers what was pushed before the end, and nothing pushed after', async () => {
    const queue = createAsyncQueue<number>();
    queue.push(1);
    queue.end();
    queue.push(2);
    expect(await Array.fromAsync(queue)).toEqual([1]);
  });

  it('delivers what was pushed before a failure, then throws it', async () => {
    const queue = createAsyncQueue<number>();
    queue.push(1);
    queue.fail(new Error('broke'));
    expect((await queue.next()).value).toBe(1);
    await expect(queue.next()).rejects.toThrow('broke');
  });

  it('wakes every waiting reader at the end or at a failure', async () => {
    const ended = createAsyncQueue<number>();
    const waiting = [ended.next(), ended.next()];
    ended.end();
    expect(await Promise.all(waiting)).toEqual([
      { done: true, value: undefined },
      { done: true, value: undefined },
    ]);
    const failed = createAsyncQueue<number>();
    const next = failed.next();
    failed.fail(new Error('broke'));
    await expect(next).rejects.toThrow('broke');
  });

  it('tells of every item taken, and once when the reader leaves early', async () => {
    const onTake = vi.fn();
    const onReturn = vi.fn();
    const queue = createAsyncQueue<number>({ onTake, onReturn });
    queue.push(1);
    queue.push(2);
    queue.push(3);
    for await (const item of queue) if (item === 2) break;
    expect(onTake).toHaveBeenCalledTimes(2);
    expect(onReturn).toHaveBeenCalledTimes(1);
    await queue.return?.();
    expect(onReturn).toHaveBeenCalledTimes(1);
    expect(await queue.next()).toEqual({ done: true, value: undefined });
  });

  it('does not tell of leaving when the stream had ended', async () => {
    const onReturn = vi.fn();
    const queue = createAsyncQueue<number>({ onReturn });
    queue.end();
    await queue.return?.();
    expect(onReturn).not.toHaveBeenCalled();
  });
});
