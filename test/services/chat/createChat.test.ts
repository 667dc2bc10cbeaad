import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChatEvent } from '../../../electron/contract/chat.ts';
import { createChildProcesses } from '../../../electron/hosts/browser/childProcess.ts';
import type { Services } from '../../../electron/services/createServices.ts';
import { writeRandomModel } from '../../../models/randomModel.ts';
import { collect } from '../../client.ts';
import { makeDir, removeDir } from '../../hosts/browser/startHost.ts';
import { startServices } from '../startServices.ts';

const never = { signal: new AbortController().signal };
const children = createChildProcesses();
let dir: string;
let services: Services;
let modelId: string;
let conversationId: string;

const start = () => startServices(dir, children.spawn);

beforeEach(async () => {
  dir = makeDir();
  const builtin = join(dir, 'builtin');
  mkdirSync(builtin);
  await writeRandomModel(join(builtin, 'plain.gguf'));
  copyFileSync(join(builtin, 'plain.gguf'), join(builtin, 'crash-load.gguf'));
  services = start();
  const { models } = await services.service.library.rescan(null, never);
  modelId = models.find((model) => model.fileName === 'plain.gguf')?.id ?? 'none';
  conversationId = (await services.service.conversations.create({}, never)).id;
});
afterEach(async () => {
  await services.close();
  children.killAll();
  removeDir(dir);
});

const send = (text: string, options: { signal?: AbortSignal; model?: string } = {}) =>
  services.service.chat.send(
    { conversationId, text, modelId: options.model ?? modelId },
    { signal: options.signal ?? never.signal },
  );
const textOf = (events: readonly ChatEvent[]) =>
  events.map((event) => (event.type === 'text' ? event.text : '')).join('');
const stored = async () =>
  (await services.service.conversations.messages({ id: conversationId, before: null, limit: 100 }, never))
    .messages;

describe('chat.send', () => {
  it('acknowledges both lines, streams, and keeps exactly what it streamed', async () => {
    const events = await collect(send('think of it\nsay one two three'));
    expect(events[0]).toMatchObject({ type: 'accepted', user: { text: 'think of it\nsay one two three' } });
    expect(events.at(-1)).toMatchObject({ type: 'finished', state: 'done', error: null, leftOut: 0 });
    const [user, answer] = await stored();
    expect(user).toMatchObject({ role: 'user', state: 'done' });
    expect(answer).toMatchObject({
      state: 'done',
      text: textOf(events),
      thought: 'of it ',
      model: { id: modelId },
    });
    expect(answer?.stats?.generatedTokens).toBe(5);
  });

  it('gives the model the whole conversation in order', async () => {
    await collect(send('say first answer'));
    const events = await collect(send('echo'));
    expect(JSON.parse(textOf(events))).toEqual([
      { role: 'user', text: 'say first answer' },
      { role: 'assistant', text: 'first answer ' },
      { role: 'user', text: 'echo' },
    ]);
  });

  it('keeps the text of an answer that is stopped, with its statistics', async () => {
    const stop = new AbortController();
    const events: ChatEvent[] = [];
    for await (const event of send('words 100000 2', { signal: stop.signal })) {
      events.push(event);
      if (textOf(events).length > 50) stop.abort();
    }
    const answer = (await stored())[1];
    expect(answer).toMatchObject({ state: 'stopped', endReason: 'stopped' });
    expect(answer?.text.startsWith(textOf(events.slice(0, -1)).trim())).toBe(true);
    expect(answer?.stats?.generatedTokens).toBeGreaterThan(0);
  });

  it('stops the answer when its reader simply leaves', async () => {
    for await (const event of send('words 100000 2')) if (event.type === 'text') break;
    await expect.poll(async () => (await stored())[1]?.state).toBe('stopped');
    expect(textOf(await collect(send('say free again')))).toBe('free again ');
  });

  it('keeps what was written before a crash, says so, and answers the next prompt by itself', async () => {
    const events = await collect(send('say kept words\ncrash'));
    expect(events.at(-1)).toMatchObject({ state: 'failed', error: { code: 'engine_crashed' } });
    expect((await stored())[1]).toMatchObject({ state: 'failed', text: 'kept words ' });
    expect(textOf(await collect(send('say alive')))).toBe('alive ');
  });

  it('names a model that keeps crashing, leaves it alone, and lets another one answer', async () => {
    const bad = services.service.library.watch(null, never)[Symbol.asyncIterator]();
    const { models } = (await bad.next()).value as { models: { id: string; fileName: string }[] };
    const badId = models.find((model) => model.fileName === 'crash-load.gguf')?.id ?? '';
    for (let crash = 0; crash < 3; crash++) await collect(send('say x', { model: badId }));
    const events = await collect(send('say x', { model: badId }));
    expect(events.at(-1)).toMatchObject({ error: { code: 'model_blocked' } });
    expect(textOf(await collect(send('say fine')))).toMatch(/fine $/);
  }, 30_000);

  it('lets a second prompt wait visibly and answers both', async () => {
    const first = collect(send('words 30 5'));
    await expect.poll(async () => (await stored()).length).toBe(2);
    const other = (await services.service.conversations.create({}, never)).id;
    const second = await collect(
      services.service.chat.send({ conversationId: other, text: 'say second', modelId }, never),
    );
    expect(second.some((event) => event.type === 'waiting' && event.ahead === 1)).toBe(true);
    expect(textOf(second)).toBe('second ');
    expect((await first).at(-1)).toMatchObject({ state: 'done' });
  });

  it('refuses a message longer than the window with the counts, and keeps its text', async () => {
    const long = 'word '.repeat(5000);
    const events = await collect(send(long));
    expect(events.at(-1)).toMatchObject({
      state: 'failed',
      error: { code: 'context_overflow', details: { contextSize: 4096 } },
    });
    expect((await stored())[0]?.text).toBe(long);
  });

  it('shows how many messages no longer fit', async () => {
    for (let turn = 0; turn < 6; turn++) await collect(send(`words 800`));
    const events = await collect(send('echo'));
    const finished = events.at(-1);
    expect(finished).toMatchObject({ type: 'finished', state: 'done' });
    const leftOut = finished?.type === 'finished' ? finished.leftOut : 0;
    expect(leftOut).toBeGreaterThan(0);
    expect((JSON.parse(textOf(events)) as unknown[]).length + leftOut).toBe(13);
    expect((await stored()).at(-1)?.leftOut).toBe(leftOut);
  }, 60_000);

  it('says that a chosen model is gone and keeps the message', async () => {
    const events = await collect(send('hello', { model: 'gone' }));
    expect(events.at(-1)).toMatchObject({ state: 'failed', error: { code: 'model_missing' } });
    expect((await stored())[0]?.text).toBe('hello');
  });
});

describe('chat.answer', () => {
  it('answers a failed question again, beside the first try', async () => {
    await collect(send('fail internal'));
    const [user] = await stored();
    const events = await collect(
      services.service.chat.answer({ conversationId, messageId: user?.id ?? '', modelId }, never),
    );
    expect(events[0]).toMatchObject({
      type: 'accepted',
      user: null,
      answer: { siblingIndex: 1, siblingCount: 2 },
    });
    expect(await stored()).toHaveLength(2);
  });
});

describe('a restart', () => {
  it('finds everything again', async () => {
    await collect(send('say remember me'));
    const before = await stored();
    await services.close();
    services = start();
    expect(await stored()).toEqual(before);
  });
});
