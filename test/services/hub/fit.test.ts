import { describe, expect, it } from 'vitest';
import { estimateFit } from '../../../electron/services/hub/fit.ts';

const GB = 1e9;
const judge = (size: number | null, total: number, free: number | null, kv: number | null = null) =>
  estimateFit({
    size: size === null ? null : size * GB,
    kvBytesPer1024Tokens: kv,
    shape: null,
    contextSize: 8192,
    machine: {
      room: { total: total * GB, free: free === null ? null : free * GB, freed: 0, gpu: null },
      memoryFactor: 1,
      speeds: [],
    },
  });

describe('whether a model fits', () => {
  it.each([
    ['a small model on a large machine', 0.8, 16, 12, 'well'],
    ['the same with little free', 0.8, 16, 1, 'tight'],
    ['5 GB on 8 GB with 5 GB free', 5, 8, 5, 'tight'],
    ['7 GB on 8 GB', 7, 8, 7.5, 'no'],
    ['20 GB on 16 GB', 20, 16, 16, 'no'],
    ['where free memory is not told, all memory counts: 5 GB of 16', 5, 16, null, 'well'],
    ['and 11 GB of 16', 11, 16, null, 'tight'],
    ['an unknown size', null, 16, 12, 'unknown'],
  ] as const)('%s', (_, size, total, free, word) => {
    expect(judge(size, total, free).word).toBe(word);
  });

  it('counts the file, the cache for the whole window, and the engine', () => {
    const { memory, reason } = judge(2, 16, 8, 10 * 1024 * 1024);
    expect(memory).toBe(2e9 + 8 * 10 * 1024 * 1024 + 450e6);
    expect(reason).toBe(
      'Needs about 2.5 GB of memory with a window of 8,192 tokens; 8.0 of 16.0 GB are free.',
    );
  });

  it('says about how fast it will be, from what other models showed, where it fits at all', () => {
    const room = { total: 16 * GB, free: 12 * GB, freed: 0, gpu: null };
    const speeds = [{ name: 'Known', size: 1 * GB, tokensPerSecond: 20, threads: 2, at: 1 }];
    const about = (size: number) =>
      estimateFit({
        size,
        shape: null,
        kvBytesPer1024Tokens: null,
        contextSize: 8192,
        machine: { room, memoryFactor: 1, speeds },
      }).tokensPerSecond;
    expect(about(2 * GB)).toBeCloseTo(10);
    expect(about(20 * GB)).toBeNull();
  });

  it('is on the safe side where the cache is not known', () => {
    const measured = judge(1.28, 16, 8, 12_582_912).memory!;
    expect(judge(1.28, 16, 8).memory).toBeGreaterThan(measured);
  });
});
