import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createIdleWatch } from '../../../electron/services/engine/idle.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function watch(options: { after: () => number | null; busy?: () => boolean }) {
  const rest = vi.fn(async () => {});
  const idle = createIdleWatch({ busy: () => false, ...options, rest, lookEvery: 1_000 });
  return { rest, idle };
}

describe('the watch over rest', () => {
  it('calls once the time is over, and again only after another such time', async () => {
    const { rest, idle } = watch({ after: () => 10_000 });
    await vi.advanceTimersByTimeAsync(9_000);
    expect(rest).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(rest).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(8_000);
    expect(rest).toHaveBeenCalledTimes(1);
    idle.close();
  });

  it('begins anew at every touch and while something goes on', async () => {
    let busy = false;
    const { rest, idle } = watch({ after: () => 10_000, busy: () => busy });
    await vi.advanceTimersByTimeAsync(9_000);
    idle.touch();
    await vi.advanceTimersByTimeAsync(9_000);
    busy = true;
    await vi.advanceTimersByTimeAsync(60_000);
    busy = false;
    await vi.advanceTimersByTimeAsync(9_000);
    expect(rest).not.toHaveBeenCalled();
    idle.close();
  });

  it('never calls where the person wants no such time, from the moment on that it is chosen', async () => {
    let after: number | null = 10_000;
    const { rest, idle } = watch({ after: () => after });
    await vi.advanceTimersByTimeAsync(9_500);
    after = null;
    await vi.advanceTimersByTimeAsync(600_000);
    expect(rest).not.toHaveBeenCalled();
    idle.close();
  });
});
