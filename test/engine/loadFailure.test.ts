import { describe, expect, it } from 'vitest';
import { featuresIn } from '../../electron/engine/llama/hardware.ts';
import { causeOf, loadFailure } from '../../electron/engine/llama/loadFailure.ts';

describe('the cause of a failed load', () => {
  it.each([
    ["unknown model architecture: 'newest'", 'architecture'],
    ['ggml_aligned_malloc: insufficient memory (attempted to allocate 98304.00 MB)', 'memory'],
    ['failed to allocate buffer for kv cache', 'memory'],
    ['A context size of 131072 with batch size of 512 is too large for the available VRAM', 'gpu_memory'],
    ['ggml_vulkan: Device memory allocation of size 1073741824 failed. ErrorOutOfDeviceMemory', 'gpu_memory'],
    ["missing tensor 'blk.1.attn_q.weight'", 'damaged'],
    ['tensor data is not within the file bounds, model is corrupted or incomplete', 'damaged'],
    ['read error: Input/output error', 'disk'],
    ['something nobody has seen', 'unknown'],
  ])('%s', (words, cause) => {
    expect(causeOf(words)).toBe(cause);
  });

  it('comes with advice, and with the words it was read from', () => {
    const error = loadFailure(new Error('Failed to load model'), "unknown model architecture: 'newest'");
    expect(error.message).toContain('does not know this kind of model');
    expect(error.message).toContain("llama.cpp says: unknown model architecture: 'newest'");
    expect(error.details).toEqual({ cause: 'architecture' });
  });
});

it('reads what the processor can do from the line of llama.cpp', () => {
  const line =
    'CPU : SSE3 = 1 | AVX = 1 | AVX2 = 1 | AVX512 = 0 | LLAMAFILE = 1 | OPENMP = 1 | REPACK = 1 | ';
  expect(featuresIn(line)).toEqual(['SSE3', 'AVX', 'AVX2']);
});
