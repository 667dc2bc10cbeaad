import { describe, expect, it } from 'vitest';
import type { ModelShape } from '../../../electron/engine/scan/contract.ts';
import { estimateMemory, sumOf } from '../../../electron/services/machine/estimate.ts';

/** A model with 28 layers of 8 heads for keys and values, 128 wide, as Qwen3 0.6B has. */
const shape: ModelShape = {
  architecture: 'qwen3',
  kind: 'model',
  name: null,
  contextLength: 40_960,
  layers: 28,
  embedding: 1024,
  heads: 16,
  kvHeads: Array<number>(28).fill(8),
  keyLength: 128,
  valueLength: 128,
  slidingWindow: null,
  vocabulary: 151_936,
  experts: null,
  sampling: {},
};
const estimate = (more: Partial<Parameters<typeof estimateMemory>[0]> = {}) =>
  estimateMemory({ size: 640e6, shape, contextSize: 8192, ...more });

describe('the memory of a load', () => {
  it('counts the cache exactly where the header tells it', () => {
    expect(estimate().cache).toBe(8192 * 28 * 8 * 256 * 2);
    expect(estimate({ contextSize: 4096 }).cache).toBe(estimate().cache / 2);
  });

  it('is less with a smaller cache type, by as much as that type is smaller', () => {
    expect(estimate({ cacheType: 'q8_0' }).cache / estimate().cache).toBeCloseTo(34 / 64);
    expect(estimate({ cacheType: 'q4_0' }).cache / estimate().cache).toBeCloseTo(18 / 64);
  });

  it('counts the scores of all tokens where flash attention is off', () => {
    expect(estimate({ flashAttention: false }).working - estimate().working).toBe(512 * 4 * 16 * 8192);
  });

  it('counts only the window for layers that look no further back', () => {
    const gemma = {
      ...shape,
      architecture: 'gemma3',
      slidingWindow: 512,
      kvHeads: Array<number>(12).fill(1),
    };
    const perToken = 256 * 2;
    expect(estimate({ shape: gemma }).cache).toBe(perToken * (2 * 8192 + 10 * 1024));
  });

  it('counts no cache for layers that keep none', () => {
    const hybrid = { ...shape, kvHeads: [0, 0, 8, 0, 0, 8] };
    expect(estimate({ shape: hybrid }).cache).toBe(8192 * 16 * 256 * 2);
  });

  it('prefers what was measured, and is on the safe side where nothing is known', () => {
    expect(estimate({ kvBytesPer1024Tokens: 1000 }).cache).toBe(8000);
    expect(sumOf(estimate({ shape: null }))).toBeGreaterThan(640e6 + 200e6);
  });
});
