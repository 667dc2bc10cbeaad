import { expect, it } from 'vitest';
import { createSlices } from '../../../../renderer/chat/markdown/slices.ts';

function withClock() {
  let now = 0;
  const tasks: (() => void)[] = [];
  const slices = createSlices({ now: () => now, nextTask: (task) => tasks.push(task) });
  return {
    slices,
    takes:
      (ms: number, note = () => {}) =>
      () => {
        note();
        now += ms;
      },
    runTask: () => tasks.shift()?.(),
    isIdle: () => tasks.length === 0,
  };
}

it('begins no work in a task that has worked for 10 ms, and begins again in the next', () => {
  const { slices, takes, runTask } = withClock();
  expect(slices.now(takes(6))).toBe(true);
  expect(slices.now(takes(6))).toBe(true);
  expect(slices.now(takes(1))).toBe(false);
  runTask();
  expect(slices.now(takes(1))).toBe(true);
});

it('does what waits in short slices, the newest first, until nothing is left', () => {
  const { slices, takes, runTask, isIdle } = withClock();
  const done: string[] = [];
  for (const name of ['a', 'b', 'c', 'd', 'e']) slices.soon(takes(4, () => done.push(name)));
  const taken = slices.soon(takes(4, () => done.push('never')));
  taken();
  runTask();
  expect(done).toEqual(['e', 'd', 'c']);
  runTask();
  expect(done).toEqual(['e', 'd', 'c', 'b', 'a']);
  runTask();
  expect(isIdle()).toBe(true);
});

it('goes on after work that throws', () => {
  const { slices, takes, runTask } = withClock();
  const done: string[] = [];
  slices.soon(takes(1, () => done.push('after')));
  slices.soon(() => {
    throw new Error('broken');
  });
  expect(runTask).toThrow('broken');
  runTask();
  expect(done).toEqual(['after']);
});
