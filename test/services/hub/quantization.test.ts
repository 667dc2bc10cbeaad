import { describe, expect, it } from 'vitest';
import { quantizationOf, recommend } from '../../../electron/services/hub/quantization.ts';

describe('the quantization in a name', () => {
  it.each([
    ['gemma-4-E4B-it-UD-Q4_K_XL.gguf', 'UD-Q4_K_XL'],
    ['qwen2.5-1.5b-instruct-q4_k_m.gguf', 'Q4_K_M'],
    ['nomic-embed-text-v1.5.Q8_0.gguf', 'Q8_0'],
    ['gemma-4-E4B_q4_0-it.gguf', 'Q4_0'],
    ['gpt-oss-20b-mxfp4.gguf', 'MXFP4'],
    ['x.IQ4_NL.gguf', 'IQ4_NL'],
    ['x-IQ2_XXS.gguf', 'IQ2_XXS'],
    ['x-bf16-00001-of-00002.gguf', 'BF16'],
    ['BF16/x.f16.gguf', 'F16'],
    ['bge-m3.gguf', null],
    ['SEQ4_TOOL.gguf', null],
  ])('%s is %s', (file, label) => {
    expect(quantizationOf(file)).toBe(label);
  });
});

describe('the recommended file', () => {
  const files = (words: Record<string, 'well' | 'tight' | 'no' | 'unknown'>) =>
    Object.entries(words).map(([quantization, word], n) => ({
      file: `${quantization}.gguf`,
      quantization,
      size: (n + 1) * 1e9,
      fit: { word },
    }));
  it.each([
    [{ Q2_K: 'well', Q4_K_M: 'well', Q8_0: 'well' }, 'Q4_K_M.gguf', 'usual balance'],
    [{ Q2_K: 'well', Q3_K_M: 'well', Q4_K_M: 'tight' }, 'Q3_K_M.gguf', 'smaller than the usual Q4_K_M'],
    [{ Q3_K_M: 'tight', Q4_K_M: 'tight', Q8_0: 'no' }, 'Q3_K_M.gguf', 'close other programs'],
    [{ Q4_K_M: 'no', Q8_0: 'no' }, 'Q4_K_M.gguf', 'None of its files'],
    [{ Q4_K_M: 'unknown', Q8_0: 'unknown' }, 'Q4_K_M.gguf', 'not known'],
    [{ BF16: 'well' }, 'BF16.gguf', 'only choice'],
    [{ BF16: 'well', Q8_0: 'well' }, 'Q8_0.gguf', 'runs well'],
  ] as const)('of %o is %s', (words, file, reason) => {
    const found = recommend(files(words));
    expect(found?.file).toBe(file);
    expect(found?.reason).toContain(reason);
  });

  it('is the catalogue’s own where it fits, and none where there is nothing', () => {
    expect(recommend(files({ Q4_K_M: 'well', Q8_0: 'well' }), 'Q8_0.gguf')?.file).toBe('Q8_0.gguf');
    expect(recommend(files({ Q4_K_M: 'well', Q8_0: 'tight' }), 'Q8_0.gguf')?.file).toBe('Q4_K_M.gguf');
    expect(recommend([])).toBeNull();
  });
});
