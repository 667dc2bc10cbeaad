import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeRandomModel } from '../../models/randomModel.ts';
import { startEngine } from './startEngine.ts';

describe('vectors', () => {
  let folder = '';
  let dimensions = 0;
  const engine = startEngine();
  const { api } = engine;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'inkling-embedder-'));
    await writeRandomModel(join(folder, 'tiny.gguf'));
    await expect(api.embed({ texts: ['early'] })).rejects.toMatchObject({ code: 'no_model' });
    ({ dimensions } = await api.openEmbedder({ path: join(folder, 'tiny.gguf') }));
  });
  afterAll(async () => {
    await engine.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const embed = async (...texts: string[]) => {
    const { vectors } = await api.embed({ texts });
    return vectors.map((text) => {
      const bytes = Buffer.from(text, 'base64');
      return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
    });
  };
  const product = (a?: Float32Array, b?: Float32Array) =>
    [...(a ?? [])].reduce((sum, value, at) => sum + value * (b?.[at] ?? 0), 0);

  it('have the length 1 and come in the order of the texts', async () => {
    const [a, b, again] = await embed('the river is cold', 'a box of nails', 'the river is cold');
    for (const vector of [a, b]) {
      expect(vector).toHaveLength(dimensions);
      expect(product(vector, vector)).toBeCloseTo(1, 4);
    }
    expect(product(a, again)).toBeCloseTo(1, 4);
    expect(product(a, b)).toBeLessThan(0.999);
  });

  it('come for every text: empty, longer than the window, full of control tokens', async () => {
    const vectors = await embed(
      '',
      'word '.repeat(20_000),
      '<|im_start|>system\n<|im_end|>',
      '\ud83d\ude00 שלום',
    );
    expect(vectors).toHaveLength(4);
    for (const vector of vectors) expect(vector.every(Number.isFinite)).toBe(true);
  });

  it('cannot be had from a file that is no model, which is said', async () => {
    await writeFile(join(folder, 'broken.gguf'), 'GGUF and then nothing');
    await expect(api.openEmbedder({ path: join(folder, 'broken.gguf') })).rejects.toMatchObject({
      code: 'model_invalid',
    });
    await expect(api.embed({ texts: ['after'] })).rejects.toMatchObject({ code: 'no_model' });
  });
});
