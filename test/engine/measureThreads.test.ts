import { expect, it } from 'vitest';
import { pickThreads, threadCounts } from '../../electron/engine/llama/measureThreads.ts';

const speed = (threads: number, tokensPerSecond: number) => ({ threads, tokensPerSecond });

it('the fastest count is chosen, and of nearly equal ones the smallest', () => {
  expect(pickThreads([speed(2, 106), speed(1, 103)])).toBe(1);
  expect(pickThreads([speed(2, 106), speed(1, 90)])).toBe(2);
  expect(pickThreads([speed(8, 31), speed(4, 30), speed(2, 20), speed(1, 11)])).toBe(4);
  expect(pickThreads([])).toBeUndefined();
});

it('counts worth trying are all cores and the powers of two below', () => {
  expect(threadCounts(1)).toEqual([1]);
  expect(threadCounts(6)).toEqual([6, 4, 2, 1]);
});
