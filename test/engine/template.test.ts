import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RandomModelOptions } from '../../models/randomModel.ts';
import { writeRandomModel } from '../../models/randomModel.ts';
import { ask, load, startEngine } from './startEngine.ts';

describe('chat templates', () => {
  let folder = '';
  const engine = startEngine();
  const { api } = engine;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'inkling-template-'));
  });
  afterAll(async () => {
    await engine.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const loadKind = async (options: RandomModelOptions) => {
    const path = join(folder, `${options.template}.gguf`);
    await writeRandomModel(path, options);
    return (await load(api, path)).loaded;
  };

  it('separate what a model thinks from what it says', async () => {
    const loaded = await loadKind({ template: 'thinking' });
    expect(loaded).toMatchObject({ thinks: true, template: { source: 'model', note: null } });
    const answer = await ask(api, 'Hello', { sampling: { seed: 3, maxTokens: 200 } });
    expect(answer.thought).toMatch(/^[\w ;]+$/);
    expect(answer.text).toMatch(/^[\w ,.]+$/);
    const kinds = answer.events.map((event) => event.type).filter((type) => type !== 'prefill');
    expect(kinds.lastIndexOf('thought')).toBeLessThan(kinds.indexOf('text'));
  });

  it('are made up, with a note, for a model that has none', async () => {
    const loaded = await loadKind({ template: 'none' });
    expect(loaded.template).toMatchObject({
      source: 'fallback',
      name: 'ChatML',
      note: expect.stringContaining('no chat'),
    });
    expect((await ask(api, 'Hello', { sampling: { seed: 1 } })).text).not.toBe('');
  });

  it('are replaced, with a note, where they do not work', async () => {
    const loaded = await loadKind({ template: 'broken' });
    expect(loaded.template).toMatchObject({
      source: 'fallback',
      note: expect.stringContaining('does not work'),
    });
    expect((await ask(api, 'Hello', { sampling: { seed: 1 } })).text).not.toBe('');
  });

  it('that never end are given up while the engine goes on answering pings', async () => {
    let pinged = 0;
    let slowest = 0;
    const timer = setInterval(async () => {
      const begin = performance.now();
      await api.ping(null);
      slowest = Math.max(slowest, performance.now() - begin);
      pinged++;
    }, 100);
    const loaded = await loadKind({ template: 'hostile' }).finally(() => clearInterval(timer));
    expect(loaded.template).toMatchObject({
      source: 'fallback',
      note: expect.stringContaining('did not finish'),
    });
    expect(pinged).toBeGreaterThan(10);
    expect(slowest).toBeLessThan(2000);
    expect((await ask(api, 'Hello', { sampling: { seed: 1 } })).text).not.toBe('');
  });

  it('that stop ending in the middle of a chat are replaced there and then', async () => {
    expect((await loadKind({ template: 'lateHostile' })).template).toMatchObject({
      source: 'model',
      note: null,
    });
    const turn = [
      { role: 'user' as const, text: 'Hello' },
      { role: 'assistant' as const, text: 'Hello.' },
    ];
    const messages = [...turn, ...turn, ...turn, ...turn, { role: 'user' as const, text: 'And?' }];
    const answer = await ask(api, '', { messages, sampling: { seed: 1, maxTokens: 20 } });
    expect(answer.text).not.toBe('');
    expect(await api.count({ messages })).toMatchObject({ tokens: answer.finished.stats.promptTokens });
    expect((await api.measure(null)).template).toMatchObject({ source: 'fallback' });
  });
});
