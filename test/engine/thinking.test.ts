import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateInput, loadInput } from '../../electron/engine/contract.ts';
import { generate } from '../../electron/engine/llama/generate.ts';
import { createBackend } from '../../electron/engine/llama/library.ts';
import { openSession } from '../../electron/engine/llama/session.ts';
import { createTemplateThreads } from '../../electron/engine/llama/templateThreads.ts';
import { type RandomModelOptions, writeRandomModel } from '../../models/randomModel.ts';
import { all, ask, load, startEngine } from './startEngine.ts';

const question = [{ role: 'user' as const, text: 'Where is the river?' }];
const budgeted = (budget: number) => ({ on: true, budget });
const off = { on: false, budget: null };

describe('thinking', () => {
  let folder = '';
  const engine = startEngine();
  const { api } = engine;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'inkling-thinking-'));
  });
  afterAll(async () => {
    await engine.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const write = async (options: RandomModelOptions) => {
    const path = join(folder, `${options.template}-${options.endless ?? false}.gguf`);
    await writeRandomModel(path, options);
    return path;
  };
  const loadKind = async (options: RandomModelOptions) => {
    const { loaded } = await load(api, await write(options));
    expect(loaded.template.note).toBeNull();
    return loaded;
  };

  it('is off where the template has a switch for that, and the prompt counts what it adds', async () => {
    expect(await loadKind({ template: 'opensThought' })).toMatchObject({
      thinks: true,
      thinkingCanBeOff: true,
      template: { source: 'model', note: null },
    });
    const loud = await ask(api, '', { messages: question, sampling: { seed: 4, maxTokens: 120 } });
    expect(loud.thought).not.toBe('');
    expect(loud.finished.stats.thought).toMatchObject({ endedBy: 'model' });
    const quiet = await ask(api, '', {
      messages: question,
      thinking: off,
      sampling: { seed: 4, maxTokens: 40 },
    });
    expect(quiet.thought).toBe('');
    expect(quiet.text).toMatch(/^[\w ,.]+$/);
    expect(quiet.finished.stats.thought).toBeNull();
    // "\n\n" in place of "\n" behind the opening mark, the closing one, and "\n\n".
    expect(quiet.finished.stats.promptTokens).toBe(loud.finished.stats.promptTokens + 2);
    expect((await api.count({ messages: question, thinking: off })).tokens).toBe(
      quiet.finished.stats.promptTokens,
    );
  });

  it('stays as it is where the template knows no switch', async () => {
    expect(await loadKind({ template: 'alwaysThinks' })).toMatchObject({
      thinks: true,
      thinkingCanBeOff: false,
    });
    const answer = await ask(api, '', {
      messages: question,
      thinking: off,
      sampling: { seed: 4, maxTokens: 120 },
    });
    expect(answer.thought).not.toBe('');
    expect(await loadKind({ template: 'chatml' })).toMatchObject({ thinkingCanBeOff: false });
  });

  it('ends at its budget, and the answer follows', async () => {
    await loadKind({ template: 'alwaysThinks', endless: true });
    const answer = await ask(api, '', {
      messages: question,
      thinking: budgeted(7),
      sampling: { seed: 4, maxTokens: 40 },
    });
    expect(answer.thought.split(' ')).toHaveLength(7);
    expect(answer.finished.stats.thought).toMatchObject({ tokens: 7, endedBy: 'budget' });
    expect(answer.text).toMatch(/^[\w ,.]{20,}$/);
    expect(answer.finished).toMatchObject({ endReason: 'max_tokens', stats: { generatedTokens: 40 } });
  });

  it('ends when somebody wants the answer now, also when that was asked before it began', async () => {
    const events = [];
    for await (const event of api.generate({ messages: question, sampling: { seed: 4, maxTokens: 400 } })) {
      events.push(event);
      if (events.length === 3) await api.answerNow(null);
    }
    const kinds = events.map(({ type }) => type);
    expect(kinds.lastIndexOf('thought')).toBeLessThan(kinds.indexOf('text'));
    expect(events.at(-1)).toMatchObject({ type: 'finished', stats: { thought: { endedBy: 'person' } } });
    const hurried = await ask(api, '', {
      messages: question,
      hurried: true,
      sampling: { seed: 4, maxTokens: 20 },
    });
    expect(hurried).toMatchObject({ thought: '', text: expect.stringMatching(/\w/) });
    await api.answerNow(null);
  });

  it('ended from outside leaves the same words in the context as in the answer, each once', async () => {
    const backend = await createBackend()(false);
    const entry = pathToFileURL(join(import.meta.dirname, '../../electron/engine/main.ts'));
    const input = loadInput.parse({
      path: await write({ template: 'alwaysThinks', endless: true }),
      contextSize: 1024,
      threads: 1,
      threadsBy: 'chosen',
      gpuLayers: 0,
    });
    const { signal } = new AbortController();
    const session = await openSession(backend, createTemplateThreads(entry), input, {
      signal,
      onProgress: () => {},
    });
    expect(session.loaded.template.note).toBeNull();
    const asked = generateInput.parse({
      messages: question,
      thinking: budgeted(9),
      sampling: { seed: 2, maxTokens: 30 },
    });
    const events = await all(generate(session, asked, signal, { stop: signal, hurry: signal }));
    const said = (type: 'thought' | 'text') =>
      events.map((event) => (event.type === type ? event.text : '')).join('');
    const { contextTokens } = session.sequence;
    const finished = events.at(-1);
    if (finished?.type !== 'finished') throw new Error('not finished');
    // The last token was said, and nothing was computed after it.
    expect(contextTokens).toHaveLength(finished.stats.contextUsed - 1);
    const held = session.model.detokenize(contextTokens, true);
    const answer = held.slice(held.lastIndexOf('<think>'));
    expect(answer.match(/<\/think>/g)).toHaveLength(1);
    expect(answer).toContain(`<think>\n ${said('thought')}\n</think>\n\n`);
    const told = answer.slice(answer.indexOf('</think>') + '</think>'.length).trimStart();
    expect(said('text').startsWith(told)).toBe(true);
    await session.dispose();
  });
});

describe('an answer that begins with given words', () => {
  let folder = '';
  const engine = startEngine();
  const { api } = engine;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'inkling-prefix-'));
  });
  afterAll(async () => {
    await engine.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('goes on after them as if the model had said them, reading only what is new', async () => {
    const path = join(folder, 'tiny.gguf');
    await writeRandomModel(path, { endless: true });
    await load(api, path);
    const sampling = { temperature: 0, repeatPenalty: 1, maxTokens: 40 };
    const begin = { thought: '', text: 'The river' };
    const whole = await ask(api, '', { messages: question, sampling, answerPrefix: begin });
    const words = whole.text.split(' ');
    const text = begin.text + words.slice(0, 10).join(' ');
    const rest = await ask(api, '', { messages: question, sampling, answerPrefix: { thought: '', text } });
    expect(text + rest.text).toContain(begin.text + words.slice(0, 30).join(' '));
    expect(rest.finished.stats.cachedTokens).toBe(rest.finished.stats.promptTokens - 1);
    expect(rest.finished.stats.promptTokens).toBe(
      (await api.count({ messages: question, answerPrefix: { thought: '', text } })).tokens,
    );
  });

  it('goes on within a thought that is still open, and after one that is closed', async () => {
    const path = join(folder, 'thinks.gguf');
    await writeRandomModel(path, { template: 'alwaysThinks' });
    expect((await load(api, path)).loaded.template.note).toBeNull();
    const sampling = { seed: 3, maxTokens: 300 };
    const open = await ask(api, '', {
      messages: question,
      sampling,
      answerPrefix: { thought: ' of', text: '' },
    });
    expect(open.thought).toMatch(/^ ?[\w;]/);
    expect(open.text).not.toBe('');
    const closed = await ask(api, '', {
      messages: question,
      sampling,
      answerPrefix: { thought: ' of', text: 'The river' },
    });
    expect(closed.thought).toBe('');
    expect(closed.text).toMatch(/^[ ,.]/);
  });
});
