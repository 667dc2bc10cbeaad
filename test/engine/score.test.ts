import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ScoredToken } from '../../electron/contract/confidence.ts';
import { writeRandomModel } from '../../models/randomModel.ts';
import { all, ask, load, startEngine } from './startEngine.ts';

const messages = [{ role: 'user' as const, text: 'Where is the river?' }];
const greedy = { temperature: 0, repeatPenalty: 1 };

describe('how likely a model finds an answer', () => {
  let folder = '';
  const engine = startEngine();
  const { api } = engine;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'inkling-score-'));
    await writeRandomModel(join(folder, 'tiny.gguf'), { endless: true });
  });
  afterAll(async () => {
    await engine.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const score = async (text: string): Promise<ScoredToken[]> => {
    const events = await all(api.score({ messages, answerPrefix: { thought: '', text } }));
    return events.flatMap((event) => (event.type === 'scored' ? event.tokens : []));
  };

  it('is told for each token of it, and the tokens are the answer', async () => {
    await load(api, join(folder, 'tiny.gguf'));
    const text = 'The river is long, naïve 😀 and\nthen\n\nit was.';
    const tokens = await score(text);
    expect(tokens.map((token) => token.text).join('')).toBe(text);
    for (const { text: own, probability, others } of tokens) {
      expect(probability).toBeGreaterThanOrEqual(0);
      expect(others.length).toBeLessThanOrEqual(5);
      expect(others.map((other) => other.text)).not.toContain(own === '' ? null : own);
      const falling = others.map((other) => other.probability);
      expect(falling).toEqual([...falling].sort((a, b) => b - a));
      expect(probability + falling.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(1.0001);
    }
  });

  it('is highest for what the model takes by itself when it always takes the likeliest', async () => {
    const begin = 'The river';
    const said = await ask(api, '', {
      messages,
      answerPrefix: { thought: '', text: begin },
      sampling: { ...greedy, maxTokens: 40 },
    });
    const own = (await score(begin + said.text)).slice((await score(begin)).length);
    expect(own).toHaveLength(40);
    for (const { probability, others } of own)
      expect(probability).toBeGreaterThan(others[0]?.probability ?? 0);
  });

  it('is as likely as the model then really says it', async () => {
    const begin = 'The river';
    const place = (await score(`${begin} is`)).at(-1);
    const likeliest = place?.others[0];
    const first = new Map<string, number>();
    const tries = 200;
    for (let seed = 0; seed < tries; seed++) {
      const { text } = await ask(api, '', {
        messages,
        answerPrefix: { thought: '', text: begin },
        sampling: { temperature: 1, topK: 0, topP: 1, minP: 0, repeatPenalty: 1, seed, maxTokens: 1 },
      });
      first.set(text, (first.get(text) ?? 0) + 1);
    }
    const expected = (likeliest?.probability ?? 0) * tries;
    const spread = 4 * Math.sqrt(expected) + 1;
    expect(first.get(likeliest?.text ?? '') ?? 0).toBeGreaterThan(expected - spread);
    expect(first.get(likeliest?.text ?? '') ?? 0).toBeLessThan(expected + spread);
  });

  it('leaves a context from which the answer goes on without being read again', async () => {
    const text = 'The river is long and the sea is near.';
    await score(text);
    const on = await ask(api, '', {
      messages,
      answerPrefix: { thought: '', text },
      sampling: { maxTokens: 2 },
    });
    expect(on.finished.stats.cachedTokens).toBe(on.finished.stats.promptTokens - 1);
  });

  it('is refused with the figures for what does not fit', async () => {
    await load(api, join(folder, 'tiny.gguf'), { contextSize: 256 });
    await expect(score('river '.repeat(300))).rejects.toMatchObject({
      code: 'context_overflow',
      details: { contextSize: 256 },
    });
  });
});
