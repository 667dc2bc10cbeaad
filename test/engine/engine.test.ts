import { mkdtemp, open, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeRandomModel } from '../../models/randomModel.ts';
import { ask, load, startEngine } from './startEngine.ts';

const user = (text: string) => [{ role: 'user' as const, text }];

describe('the engine process', () => {
  let folder = '';
  let tiny = '';
  const engine = startEngine();
  const { api } = engine;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'inkling-engine-'));
    tiny = join(folder, 'tiny.gguf');
    await writeRandomModel(tiny);
  });
  afterAll(async () => {
    await engine.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('answers a ping and refuses to answer prompts before a model is loaded', async () => {
    expect(await api.ping(null)).toEqual({ pid: engine.process.pid });
    await expect(ask(api, 'Hello')).rejects.toMatchObject({ code: 'no_model' });
    await expect(api.count({ messages: user('Hello') })).rejects.toMatchObject({ code: 'no_model' });
    await expect(api.measure(null)).rejects.toMatchObject({ code: 'no_model' });
  });

  it('tells what the machine is', async () => {
    const hardware = await api.hardware({ gpu: true });
    expect(hardware.cores).toBeGreaterThanOrEqual(1);
    expect(hardware.totalMemory).toBeGreaterThan(1e8);
    expect(hardware.llamaCpp).not.toBe('');
  });

  it('says why a file cannot be loaded, and stays alive', async () => {
    const foreign = join(folder, 'foreign.gguf');
    await writeFile(foreign, '<!DOCTYPE html><title>Not found</title>');
    await expect(load(api, foreign)).rejects.toMatchObject({
      code: 'model_invalid',
      message: expect.stringContaining('web page'),
    });
    const cut = join(folder, 'cut.gguf');
    await writeRandomModel(cut);
    await truncate(cut, 900_000);
    await expect(load(api, cut)).rejects.toMatchObject({
      code: 'model_invalid',
      message: expect.stringMatching(/cut off/),
    });
    await expect(load(api, join(folder, 'none.gguf'))).rejects.toMatchObject({ code: 'model_missing' });
    expect(await api.ping(null)).toEqual({ pid: engine.process.pid });
  });

  it("passes on llama.cpp's own reason when a well-formed file is no model it can run", async () => {
    const strange = join(folder, 'strange.gguf');
    await writeRandomModel(strange);
    await patch(strange, 'blk.1.attn_q.weight', 'blk.1.attn_X.weight');
    await expect(load(api, strange)).rejects.toMatchObject({
      code: 'model_load_failed',
      message: expect.stringContaining('blk.1.attn_q.weight'),
    });
  });

  it('loads a model with progress and measures its threads', async () => {
    const { events, loaded } = await load(api, tiny, { threads: null, threadsBy: null });
    expect(events.filter((event) => event.type === 'progress').length).toBeGreaterThan(0);
    expect(loaded.threadsBy).toBe('measured');
    expect(loaded.threads).toBe(loaded.threadSpeeds[0]?.threads);
    const speeds = loaded.threadSpeeds.map((speed) => speed.tokensPerSecond);
    expect(speeds).toEqual(speeds.toSorted((a, b) => b - a));
    expect(loaded).toMatchObject({
      contextSize: 2048,
      trainContextSize: 32_768,
      gpuLayers: 0,
      thinks: false,
      template: { source: 'model', note: null },
    });
    const again = await api.measure(null);
    expect(again.threadsBy).toBe('measured');
    expect((await ask(api, 'Hello', { sampling: { maxTokens: 3 } })).finished.stats.threads).toBe(
      again.threads,
    );
  });

  it('uses the threads it is told, and a window no larger than the model was trained for', async () => {
    const small = join(folder, 'small.gguf');
    await writeRandomModel(small, { contextLength: 512 });
    const { loaded } = await load(api, small, { threads: 1, threadsBy: 'remembered', contextSize: 4096 });
    expect(loaded).toMatchObject({
      contextSize: 512,
      threads: 1,
      threadsBy: 'remembered',
      threadSpeeds: [],
    });
  });

  it.each([0, 0x8000_0000])(
    'takes the window asked for where the file claims to know %i tokens',
    async (claim) => {
      const odd = join(folder, 'odd.gguf');
      await writeRandomModel(odd, { contextLength: claim });
      const { loaded } = await load(api, odd, { threads: 1, contextSize: 1024 });
      expect(loaded.contextSize).toBe(1024);
    },
  );

  it('says that no model is loaded when one goes while a prompt is counted', async () => {
    await load(api, tiny, { threads: 1 });
    const counting = api.count({ messages: user('many words '.repeat(100_000)) });
    const told = expect(counting).rejects.toMatchObject({ code: 'no_model' });
    await api.unload(null);
    await told;
  });

  it('gives a cancelled load back and loads the next model', async () => {
    const control = new AbortController();
    const loading = (async () => {
      const stream = api.load(
        { path: tiny, contextSize: 2048, threads: null, threadsBy: null },
        { signal: control.signal },
      );
      for await (const event of stream) if (event.type === 'progress') control.abort();
    })();
    await expect(loading).rejects.toMatchObject({ code: 'cancelled' });
    await expect(ask(api, 'Hello')).rejects.toMatchObject({ code: expect.stringMatching(/no_model|busy/) });
    await load(api, tiny);
    expect((await ask(api, 'Hello', { sampling: { seed: 1 } })).text).not.toBe('');
  });

  it('has no model after unloading', async () => {
    expect(await api.unload(null)).toBeNull();
    await expect(ask(api, 'Hello')).rejects.toMatchObject({ code: 'no_model' });
  });

  it('loads a model whose weights are damaged without harm to anything else', async () => {
    const damaged = join(folder, 'damaged.gguf');
    await writeRandomModel(damaged);
    const file = await open(damaged, 'r+');
    await file.write(Buffer.alloc(400_000, 0xff), 0, 400_000, 1_500_000);
    await file.close();
    const outcome = await load(api, damaged).then(
      () => ask(api, 'Hello', { sampling: { maxTokens: 5 } }),
      (error: { code: string }) => error.code,
    );
    expect(outcome).toBeTruthy();
    await load(api, tiny);
    expect((await ask(api, 'Hello', { sampling: { seed: 1 } })).text).not.toBe('');
  });
});

describe('a model that is switched many times', () => {
  it.runIf(process.platform === 'linux')('takes no more memory than after the first switch', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'inkling-switch-'));
    const { api, process: child, stop } = startEngine();
    try {
      const path = join(folder, 'model.gguf');
      await writeRandomModel(path);
      const memory: number[] = [];
      for (let round = 0; round < 8; round++) {
        await load(api, path, { contextSize: 32_768 });
        await ask(api, 'Hello', { sampling: { maxTokens: 4 } });
        memory.push(await residentBytes(child.pid));
      }
      // Eight contexts of this size are 270 MB: if they leaked, the process would double.
      expect(memory.at(-1)).toBeLessThan((memory[1] ?? 0) * 1.5);
    } finally {
      await stop();
      await rm(folder, { recursive: true, force: true });
    }
  });
});

async function residentBytes(pid: number | undefined): Promise<number> {
  const file = await open(`/proc/${pid}/status`);
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(await file.readFile('utf8'))?.[1]) * 1024;
  } finally {
    await file.close();
  }
}

/** Replaces a text in a file by one of the same length. */
async function patch(path: string, from: string, to: string): Promise<void> {
  const file = await open(path, 'r+');
  const bytes = await file.readFile();
  await file.write(Buffer.from(to), 0, to.length, bytes.indexOf(from));
  await file.close();
}
