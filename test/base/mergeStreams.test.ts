import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { mergeStreams } from '../../electron/base/mergeStreams.ts';

async function* numbers(from: number, count: number, pauses: readonly number[], left: string[] = []) {
  try {
    for (let n = 0; n < count; n++) {
      await sleep(pauses[n] ?? 0);
      yield from + n;
    }
  } finally {
    left.push(String(from));
  }
}

describe('merged streams', () => {
  it('give every element once, in the order of its stream, and say where it is from', async () => {
    const seen = [];
    for await (const each of mergeStreams([numbers(0, 3, [5, 20]), numbers(10, 3, [10, 1, 1])]))
      seen.push(each);
    for (const index of [0, 1])
      expect(seen.filter((each) => each.index === index).map(({ value }) => value)).toEqual(
        [0, 1, 2].map((n) => n + index * 10),
      );
    expect(seen).toHaveLength(6);
  });

  it('are all left when the reader leaves, or when one fails', async () => {
    const left: string[] = [];
    for await (const { value } of mergeStreams([numbers(0, 9, [], left), numbers(10, 9, [], left)]))
      if (value === 2) break;
    expect(left.sort()).toEqual(['0', '10']);
    const failing = async function* () {
      yield 1;
      throw new Error('broken');
    };
    const reading = async () => {
      for await (const _ of mergeStreams([numbers(20, 2, [], left), failing()]));
    };
    await expect(reading()).rejects.toThrow('broken');
    expect(left).toContain('20');
  });
});
