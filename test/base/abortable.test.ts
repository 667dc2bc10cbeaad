import { describe, expect, it } from 'vitest';
import { abortable } from '../../electron/base/abortable.ts';

describe('abortable', () => {
  it('settles like its promise while nothing aborts', async () => {
    const { signal } = new AbortController();
    expect(await abortable(Promise.resolve(1), signal)).toBe(1);
    expect(await abortable(Promise.resolve(2), undefined)).toBe(2);
    await expect(abortable(Promise.reject(new Error('broke')), signal)).rejects.toThrow('broke');
  });

  it('rejects with the reason of the signal as soon as it aborts, also if it did before', async () => {
    const stop = new AbortController();
    const waiting = abortable(new Promise(() => {}), stop.signal);
    stop.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    await expect(abortable(Promise.resolve(1), stop.signal)).rejects.toThrow('enough');
  });

  it('swallows what its promise throws after the abort', async () => {
    const stop = new AbortController();
    const late = Promise.withResolvers<void>();
    const waiting = abortable(late.promise, stop.signal);
    stop.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    late.reject(new Error('late'));
    // An unhandled rejection here would fail the run.
    await new Promise(setImmediate);
  });
});
