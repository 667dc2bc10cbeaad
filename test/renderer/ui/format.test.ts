import { expect, it } from 'vitest';
import {
  formatDuration,
  formatLeft,
  formatParameters,
  formatSize,
  formatSpeed,
  plural,
} from '../../../renderer/ui/format.ts';

it.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [126_000, '126 KB'],
  [999_600, '1.0 MB'],
  [2_497_000_000, '2.5 GB'],
])('writes %d bytes as %s', (bytes, text) => {
  expect(formatSize(bytes)).toBe(text);
});

it.each([
  [41.6, '42 ms'],
  [412, '0.4 s'],
  [59_900, '59.9 s'],
  [65_000, '1 min 5 s'],
])('writes %d ms as %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});

it.each([
  [135_000_000, '135M'],
  [4_020_000_000, '4.0B'],
])('writes %d parameters as %s', (count, text) => {
  expect(formatParameters(count)).toBe(text);
});

it.each([
  [21.34, '21.3 tokens/s'],
  [99.96, '100 tokens/s'],
  [1234.5, '1,235 tokens/s'],
])('writes a speed of %d as %s', (speed, text) => {
  expect(formatSpeed(speed)).toBe(text);
});

it('counts things', () => {
  expect([plural(1, 'chat'), plural(1200, 'chat')]).toEqual(['1 chat', '1,200 chats']);
});

it.each([
  [0.2, '1 s left'],
  [24.4, '24 s left'],
  [59.7, '1 min left'],
  [3599, '1 h 0 min left'],
  [7500, '2 h 5 min left'],
])('writes %d seconds as %s', (seconds, text) => {
  expect(formatLeft(seconds)).toBe(text);
});
