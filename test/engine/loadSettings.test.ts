import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Shape, writeRandomModel } from '../../models/randomModel.ts';
import { ask, load, startEngine } from './startEngine.ts';
import { writeAdapter } from './writeAdapter.ts';

/** Little to read and much cache: 96 KiB a token, so that a window of four million tokens (400 GB) fits no machine. */
const greedy: Shape = {
  type: 'Q4_0',
  embedding: 512,
  layers: 48,
  heads: 8,
  kvHeads: 8,
  feedForward: 32,
  vocabulary: 0,
};

let folder = '';
let tiny = '';
const engine = startEngine();
const { api } = engine;
const file = (name: string) => join(folder, name);
const words = async () =>
  (await ask(api, 'Hello there', { sampling: { temperature: 0, maxTokens: 24 } })).text;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inkling-load-'));
  tiny = file('tiny.gguf');
  await writeRandomModel(tiny);
});
afterAll(async () => {
  await engine.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('load settings in the engine', () => {
  it.each([
    { cacheType: 'f16', flashAttention: 'auto', mmap: true },
    { cacheType: 'f16', flashAttention: 'off', mmap: false },
    { cacheType: 'q8_0', flashAttention: 'auto', mmap: true },
    { cacheType: 'q4_0', flashAttention: 'on', mmap: false },
  ] as const)('answers with %j', async (settings) => {
    const { loaded } = await load(api, tiny, settings);
    expect(loaded).toMatchObject({
      cacheType: settings.cacheType,
      mmap: settings.mmap,
      flashAttention: settings.flashAttention !== 'off',
    });
    expect(loaded.memory).toBeGreaterThan(10e6);
    expect(await words()).not.toBe('');
  });

  it('says that memory is short when a window does not fit, and loads a smaller one after that', async () => {
    await writeRandomModel(file('greedy.gguf'), { shape: greedy, contextLength: 100_000_000 });
    await expect(load(api, file('greedy.gguf'), { contextSize: 4_194_304 })).rejects.toMatchObject({
      code: 'model_load_failed',
      message: expect.stringContaining('not enough memory'),
      details: { cause: 'memory' },
    });
    const { loaded } = await load(api, file('greedy.gguf'), { contextSize: 256 });
    expect(loaded.contextSize).toBe(256);
  });

  it('does not blame memory for a cache that the model cannot have', async () => {
    const shape: Shape = { ...greedy, layers: 1, embedding: 64, heads: 4, kvHeads: 4, type: 'F16' };
    await writeRandomModel(file('narrow.gguf'), { shape });
    await expect(load(api, file('narrow.gguf'), { cacheType: 'q8_0' })).rejects.toMatchObject({
      code: 'model_load_failed',
      details: { cause: 'unknown' },
    });
    await load(api, file('narrow.gguf'));
  });

  it('says that an architecture is not known', async () => {
    await writeAdapter(file('odd.gguf'), { architecture: 'newer-than-this' });
    await expect(load(api, file('odd.gguf'))).rejects.toMatchObject({
      code: 'model_load_failed',
      details: { cause: 'architecture' },
    });
  });
});

describe('adapters in the engine', () => {
  beforeAll(async () => {
    await writeAdapter(file('voice.gguf'));
    await writeAdapter(file('foreign.gguf'), { architecture: 'qwen3' });
    await writeAdapter(file('wide.gguf'), { width: 64 });
    await load(api, tiny);
  });

  it('change the words while attached, as strongly as asked, and leave them as they were when detached', async () => {
    const plain = await words();
    const path = file('voice.gguf');
    const loaded = await api.adapt({ adapters: [{ path, scale: 1 }] });
    expect(loaded.adapters).toEqual([{ path, scale: 1 }]);
    const changed = await words();
    expect(changed).not.toBe(plain);
    await api.adapt({ adapters: [{ path, scale: 0 }] });
    expect(await words()).toBe(plain);
    await api.adapt({ adapters: [{ path, scale: 1 }] });
    expect(await words()).toBe(changed);
    await api.adapt({ adapters: [] });
    expect(await words()).toBe(plain);
  });

  it('can be there from the load on', async () => {
    const plain = await words();
    const path = file('voice.gguf');
    const { loaded } = await load(api, tiny, { adapters: [{ path, scale: 1 }] });
    expect(loaded.adapters).toHaveLength(1);
    expect(await words()).not.toBe(plain);
    await api.adapt({ adapters: [] });
    expect(await words()).toBe(plain);
  });

  it.each([
    ['another architecture', 'foreign.gguf', /made for “qwen3” models, and this one is “llama”/],
    ['another width', 'wide.gguf', /does not fit this model/],
    ['no adapter at all', 'tiny.gguf', /no adapter but a model of its own/],
  ])('of %s are refused in words, and the model goes on', async (_, name, message) => {
    const plain = await words();
    await expect(api.adapt({ adapters: [{ path: file(name), scale: 1 }] })).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringMatching(message),
    });
    expect(await words()).toBe(plain);
  });
});
