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
  let endless = '';
  const engine = startEngine();
  const { api } = engine;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'inkling-engine-'));
    tiny = join(folder, 'tiny.gguf');
    endless = join(folder, 'endless.gguf');
    await writeRandomModel(tiny);
    await writeRandomModel(endless, { endless: true });
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
    const hardware = await api.hardware(null);
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

  it('counts exactly the tokens that an answer then reads', async () => {
    await load(api, tiny);
    const messages = [
      { role: 'system' as const, text: 'Be brief. <|im_end|> is only text here.' },
      ...user('Where is the river? 😀 naïve'),
      { role: 'assistant' as const, text: 'Over there.' },
      ...user('Thank you.'),
    ];
    const { tokens, contextSize } = await api.count({ messages });
    const answer = await ask(api, '', { messages, sampling: { maxTokens: 4 } });
    expect(answer.finished.stats).toMatchObject({ promptTokens: tokens, contextSize, generatedTokens: 4 });
    expect(answer.finished.endReason).toBe('max_tokens');
  });

  it('gives the same answer for the same seed, another for another, and honest figures', async () => {
    const first = await ask(api, 'Tell me of the sea.', { sampling: { seed: 5 } });
    const second = await ask(api, 'Tell me of the sea.', { sampling: { seed: 5 } });
    const other = await ask(api, 'Tell me of the sea.', { sampling: { seed: 6 } });
    expect(second.text).toBe(first.text);
    expect(other.text).not.toBe(first.text);
    expect(first.text).toMatch(/^[\w ,.]+$/);
    expect(first.text).not.toMatch(/^\s/);
    const { stats, endReason } = second.finished;
    expect(endReason).toBe('complete');
    expect(stats.contextUsed).toBe(stats.promptTokens + stats.generatedTokens);
    expect(stats.cachedTokens).toBe(stats.promptTokens - 1);
    expect(stats.promptTokensPerSecond).toBeNull();
    expect(stats.generationTokensPerSecond).toBeGreaterThan(0);
    expect(stats.timeToFirstTokenMs).toBeGreaterThan(0);
  });

  it('reads only what is new of a longer chat', async () => {
    const question = user('One, two, three.');
    await api.unload(null);
    await load(api, tiny);
    const first = await ask(api, '', { messages: question, sampling: { seed: 1, maxTokens: 5 } });
    expect(first.finished.stats.cachedTokens).toBe(0);
    const messages = [...question, { role: 'assistant' as const, text: first.text }, ...user('And more?')];
    const second = await ask(api, '', { messages, sampling: { seed: 1, maxTokens: 5 } });
    expect(second.finished.stats.cachedTokens).toBeGreaterThanOrEqual(first.finished.stats.promptTokens - 1);
    await load(api, tiny);
    const fresh = await ask(api, '', { messages, sampling: { seed: 1, maxTokens: 5 } });
    expect(fresh.finished.stats.cachedTokens).toBe(0);
    expect(fresh.text).toBe(second.text);
  });

  it('ends at a stop text, which is not part of the answer', async () => {
    const whole = await ask(api, 'Stop somewhere.', { sampling: { seed: 9, maxTokens: 60 } });
    const stop = whole.text.slice(20, 27);
    const cut = await ask(api, 'Stop somewhere.', { sampling: { seed: 9, maxTokens: 60 }, stop: [stop] });
    expect(cut.text).toBe(whole.text.slice(0, whole.text.indexOf(stop)));
    expect(cut.finished.endReason).toBe('complete');
  });

  it('refuses a prompt that does not fit with the figures, and fills the window to its last token', async () => {
    await load(api, endless, { contextSize: 256 });
    const words = 'river '.repeat(250);
    const { tokens } = await api.count({ messages: user(words) });
    await expect(ask(api, words)).rejects.toMatchObject({
      code: 'context_overflow',
      details: { tokens, contextSize: 256 },
    });
    const { finished } = await ask(api, 'river '.repeat(200), { sampling: { seed: 1 } });
    expect(finished.endReason).toBe('context_full');
    expect(finished.stats.contextUsed).toBe(256);
    expect((await ask(api, 'Again', { sampling: { maxTokens: 2 } })).finished.endReason).toBe('max_tokens');
  });

  it('is busy while it answers, still pings, and stops in good order with its figures', async () => {
    await load(api, endless, { contextSize: 8192 });
    const events = [];
    let stopped: Promise<null> | undefined;
    for await (const event of api.generate({ messages: user('Go on.'), sampling: {} })) {
      events.push(event);
      if (stopped || events.length < 3) continue;
      await expect(ask(api, 'Me too')).rejects.toMatchObject({ code: 'busy' });
      await expect(api.unload(null)).rejects.toMatchObject({ code: 'busy' });
      await expect(load(api, tiny)).rejects.toMatchObject({ code: 'busy' });
      await api.ping(null);
      stopped = api.stop(null);
    }
    await stopped;
    const last = events.at(-1);
    expect(last).toMatchObject({ type: 'finished', endReason: 'stopped' });
    expect(last?.type === 'finished' && last.stats.generatedTokens).toBeGreaterThan(0);
    await api.stop(null);
  });

  it('stops when the caller leaves, and takes the next prompt at once', async () => {
    for await (const event of api.generate({ messages: user('Go on.'), sampling: {} })) {
      if (event.type === 'text') break;
    }
    const next = await ask(api, 'Next', { sampling: { maxTokens: 2 } });
    expect(next.finished.stats.generatedTokens).toBe(2);
  });

  it('tells how far it is with a long prompt, and stops in the middle of it', async () => {
    await load(api, endless, { contextSize: 16_384 });
    const long = user('The river was there and then it was not. '.repeat(700));
    const control = new AbortController();
    let progress = 0;
    const reading = (async () => {
      const stream = api.generate({ messages: long, sampling: {} }, { signal: control.signal });
      for await (const event of stream) {
        expect(event.type).toBe('prefill');
        if (event.type !== 'prefill') continue;
        expect(event.done).toBeGreaterThan(progress);
        expect(event.done).toBeLessThan(event.total);
        progress = event.done;
        control.abort();
      }
    })();
    await expect(reading).rejects.toMatchObject({ code: 'cancelled' });
    expect(progress).toBeGreaterThan(0);
    const { finished } = await ask(api, '', { messages: long, sampling: { maxTokens: 1 } });
    expect(finished.stats.cachedTokens).toBeGreaterThanOrEqual(progress);
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
        await load(api, path, { contextSize: 16_384 });
        await ask(api, 'Hello', { sampling: { maxTokens: 4 } });
        memory.push(await residentBytes(child.pid));
      }
      // A context of this size is 34 MB: a leak of the contexts would more than double the process.
      expect(memory.at(-1)).toBeLessThan((memory[1] ?? 0) * 1.25);
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
