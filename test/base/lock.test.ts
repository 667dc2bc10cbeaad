import { describe, expect, it } from 'vitest';
import { createLock } from '../../electron/base/lock.ts';

describe('lock', () => {
  it('runs tasks one after another in the order asked', async () => {
    const lock = createLock();
    const steps: string[] = [];
    const task = (name: string) =>
      lock.run(async () => {
        steps.push(`${name} starts`);
        await new Promise(setImmediate);
        steps.push(`${name} ends`);
        return name;
      });
    expect(await Promise.all([task('a'), task('b'), task('c')])).toEqual(['a', 'b', 'c']);
    expect(steps).toEqual(['a starts', 'a ends', 'b starts', 'b ends', 'c starts', 'c ends']);
  });

  it('goes on after a task that failed', async () => {
    const lock = createLock();
    const failed = lock.run(async () => {
      throw new Error('broke');
    });
    const next = lock.run(async () => 'fine');
    await expect(failed).rejects.toThrow('broke');
    expect(await next).toBe('fine');
  });

  it('counts who holds or waits', async () => {
    const lock = createLock();
    expect(lock.length).toBe(0);
    const release = await lock.acquire();
    const waiting = lock.acquire();
    expect(lock.length).toBe(2);
    release();
    (await waiting)();
    expect(lock.length).toBe(0);
  });

  it('never starts a task whose signal aborts while it waits, and keeps the others in order', async () => {
    const lock = createLock();
    const release = await lock.acquire();
    const stop = new AbortController();
    let started = false;
    const aborted = lock.run(async () => {
      started = true;
    }, stop.signal);
    const next = lock.run(async () => 'next');
    stop.abort();
    await expect(aborted).rejects.toMatchObject({ name: 'AbortError' });
    expect(lock.length).toBe(2);
    let overtook = true;
    void next.then(() => {
      overtook = lock.length > 0;
    });
    await new Promise(setImmediate);
    release();
    expect(await next).toBe('next');
    expect(started).toBe(false);
    expect(overtook).toBe(false);
  });

  it('refuses at once when the signal is already aborted', async () => {
    const lock = createLock();
    await expect(lock.acquire(AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
    expect(lock.length).toBe(0);
  });
});
