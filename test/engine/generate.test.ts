import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeRandomModel } from '../../models/randomModel.ts';
import { ask, load, startEngine } from './startEngine.ts';

const user = (text: string) => [{ role: 'user' as const, text }];

describe('answering a prompt', () => {
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

  it('says more different words the more it is kept from those it used', async () => {
    await load(api, endless);
    const different = async (penalties: { presencePenalty?: number; frequencyPenalty?: number }) => {
      const sampling = { temperature: 0, repeatPenalty: 1, maxTokens: 40, ...penalties };
      const { text } = await ask(api, 'the sea the sea the sea', { sampling });
      return new Set(text.split(' ')).size;
    };
    const plain = await different({});
    expect(await different({ presencePenalty: 2 })).toBeGreaterThan(plain);
    expect(await different({ frequencyPenalty: 2 })).toBeGreaterThan(plain);
    await load(api, tiny);
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

  it('refuses a prompt of megabytes without missing a heartbeat', async () => {
    const stream = ask(api, 'The river, again. '.repeat(100_000));
    const refused = expect(stream).rejects.toMatchObject({
      code: 'context_overflow',
      details: { tokens: expect.any(Number), contextSize: 256 },
    });
    await api.ping(null);
    await refused;
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
    // What was read by then is not read again.
    for await (const event of api.generate({ messages: long, sampling: {} })) {
      expect(event).toMatchObject({ type: 'prefill' });
      expect(event.type === 'prefill' && event.done).toBeGreaterThan(progress);
      break;
    }
  });
});
