import { describe, expect, it } from 'vitest';
import {
  addRange,
  firstGap,
  lengthOf,
  prefixOf,
  type Ranges,
} from '../../../electron/services/downloads/ranges.ts';

describe('ranges', () => {
  it('hold the same bytes as a list of every byte would, whatever is added in whatever order', () => {
    for (let round = 0; round < 300; round++) {
      let ranges: Ranges = [];
      const bytes = new Set<number>();
      for (let n = 0; n < 12; n++) {
        const start = Math.floor(Math.random() * 40);
        const end = start + Math.floor(Math.random() * 10);
        ranges = addRange(ranges, [start, end]);
        for (let at = start; at < end; at++) bytes.add(at);
      }
      expect(
        ranges.flatMap(([start, end]) => Array.from({ length: end - start }, (_, n) => start + n)),
      ).toEqual([...bytes].sort((a, b) => a - b));
      expect(lengthOf(ranges)).toBe(bytes.size);
      for (const [n, [start]] of ranges.entries())
        if (n > 0) expect(start, 'neither touch nor overlap').toBeGreaterThan(ranges[n - 1]![1]);
    }
  });

  it.each([
    [[], 0, [0, 10]],
    [[[0, 5]], 5, [5, 15]],
    [[[3, 5]], 0, [0, 3]],
    [
      [
        [0, 5],
        [9, 100],
      ],
      5,
      [5, 9],
    ],
    [[[0, 95]], 95, [95, 100]],
    [[[0, 100]], 100, null],
  ] as [Ranges, number, [number, number] | null][])(
    '%j begin with %i bytes, and %j comes next',
    (ranges, prefix, gap) => {
      expect(prefixOf(ranges)).toBe(prefix);
      expect(firstGap(ranges, 100, 10)).toEqual(gap);
    },
  );
});
