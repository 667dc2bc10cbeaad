import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChatEvent } from '../../../../electron/contract/chat.ts';
import type { WritingEvent } from '../../../../electron/contract/writing.ts';
import type { PromptMessage } from '../../../../electron/engine/contract.ts';
import { collect } from '../../../client.ts';
import { openScriptedServices } from '../scriptedServices.ts';

const never = { signal: new AbortController().signal };
let app: Awaited<ReturnType<typeof openScriptedServices>>;
beforeEach(async () => {
  app = await openScriptedServices(['inkling-starter']);
});
afterEach(() => app.close());

const ledger = (draft = '') => app.api.chat.ledger({ conversationId: app.conversationId, draft }, never);
const outs = (shown: Awaited<ReturnType<typeof ledger>>) =>
  shown?.entries.filter(({ state }) => state === 'out').map(({ number, reason }) => [number, reason]);
const textOf = (events: readonly (ChatEvent | WritingEvent)[]) =>
  events.map((event) => (event.type === 'text' ? event.text : '')).join('');
const echo = async (text = 'echo') => JSON.parse(textOf(await app.send(text))) as PromptMessage[];
const sumUp = async (from: number, to: number, modelId = app.modelId) => {
  const messages = await app.stored();
  const stretch = { from: messages[from]?.id ?? '', to: messages[to]?.id ?? '' };
  return collect(app.api.chat.summarize({ conversationId: app.conversationId, ...stretch, modelId }, never));
};

describe('the ledger of a chat', () => {
  it('counts the shown branch and the draft with the loaded model, and nothing while none is loaded', async () => {
    expect(await ledger('a b c')).toBeNull();
    await app.send('say x');
    const before = await ledger();
    const after = await ledger('three more words');
    expect((after?.tokens ?? 0) - (before?.tokens ?? 0)).toBe(3);
  });

  it('lists what the next prompt is made of, and sums up to what the engine counts', async () => {
    await app.api.settings.set({ systemPrompt: 'Be kind' }, never);
    await app.send('say first answer');
    const shown = await ledger('echo');
    expect(shown?.entries.map(({ kind, title, state }) => [kind, title, state])).toEqual([
      ['instructions', 'Be kind', 'in'],
      ['turn', 'say first answer', 'in'],
      ['newest', 'echo', 'in'],
      ['format', '', 'in'],
    ]);
    const events = await app.send('echo');
    expect(events.find(({ type }) => type === 'prompt')).toMatchObject({ tokens: shown?.tokens });
  });

  it('tells before sending which turns a draft pushes out, and those are what is left out', async () => {
    for (let turn = 0; turn < 4; turn++) await app.send('words 800');
    expect(outs(await ledger('short'))).toEqual([]);
    const draft = `echo ${'long '.repeat(700)}`;
    const before = await ledger(draft);
    const fresh = before?.entries.filter((entry) => entry.fresh).map(({ number }) => number);
    expect(fresh?.[0]).toBe(1);
    const events = await app.send(draft);
    const prompt = JSON.parse(textOf(events)) as unknown[];
    expect(prompt).toHaveLength(9 - 2 * (fresh?.length ?? 0));
    expect((await app.stored()).at(-1)?.leftOut).toBe(2 * (fresh?.length ?? 0));
    expect((await ledger())?.entries.find(({ number }) => number === 1)).toMatchObject({
      state: 'out',
      reason: 'full',
      fresh: false,
    });
  }, 60_000);

  it('keeps the same cut after a restart', async () => {
    for (let turn = 0; turn < 6; turn++) await app.send('words 800');
    const before = outs(await ledger('next'));
    expect(before?.length).toBeGreaterThan(0);
    const messages = await app.stored();
    await app.restart();
    expect(await app.stored()).toEqual(messages);
    await collect(app.api.engine.load({ modelId: app.modelId }, never));
    expect(outs(await ledger('next'))).toEqual(before);
  }, 60_000);

  it('leaves out what a person left out, and keeps what a person pinned', async () => {
    for (let turn = 0; turn < 3; turn++) await app.send(`say answer ${turn}`);
    const [first, , , secondAnswer] = await app.stored();
    await app.api.chat.keep(
      { conversationId: app.conversationId, messageId: secondAnswer?.id ?? '', keep: 'never' },
      never,
    );
    const { messages } = await app.api.chat.keep(
      { conversationId: app.conversationId, messageId: first?.id ?? '', keep: 'always' },
      never,
    );
    expect(messages.map(({ id, keep }) => [id, keep])).toEqual([[first?.id, 'always']]);
    for (let turn = 0; turn < 6; turn++) await app.send('words 800');
    const shown = await ledger();
    expect(outs(shown)).toContainEqual([2, 'by_hand']);
    expect(shown?.entries.find(({ number }) => number === 1)).toMatchObject({ state: 'in', pinned: true });
    const prompt = await echo();
    expect(prompt[0]?.text).toBe('say answer 0');
    expect(prompt.some(({ text }) => text.includes('answer 1'))).toBe(false);
  }, 60_000);

  it('marks one message of a turn at most, and gives the mark back', async () => {
    await app.send('say x');
    const [user, answer] = await app.stored();
    const keep = (messageId: string | undefined, wish: 'always' | 'never' | 'auto') =>
      app.api.chat.keep(
        { conversationId: app.conversationId, messageId: messageId ?? '', keep: wish },
        never,
      );
    await keep(user?.id, 'always');
    const { messages } = await keep(answer?.id, 'never');
    expect(messages.map((message) => message.keep)).toEqual(['auto', 'never']);
    await keep(user?.id, 'auto');
    expect((await app.stored()).map((message) => [message.keep, message.damaged])).toEqual([
      ['auto', false],
      ['auto', false],
    ]);
  });
});

describe('a summary', () => {
  beforeEach(async () => {
    for (const name of ['lake', 'boat', 'shed']) await app.send(`say the ${name} is blue`);
  });

  it('stands for its turns in the prompt, and those stay in the chat', async () => {
    const events = await sumUp(0, 3);
    expect(events.at(-1)).toMatchObject({ type: 'finished', state: 'done', error: null });
    const kept = (await app.stored())[3]?.summary;
    expect(kept).toMatchObject({ text: textOf(events).trim(), turns: 2, model: { id: app.modelId } });
    expect(outs(await ledger())).toEqual([
      [1, 'summarized'],
      [2, 'summarized'],
    ]);
    const prompt = await echo();
    expect(prompt[0]).toMatchObject({ role: 'system', text: expect.stringContaining(kept?.text ?? '-') });
    expect(prompt.slice(1).map(({ text }) => text)).toEqual([
      'say the shed is blue',
      'the shed is blue ',
      'echo',
    ]);
    expect((await app.stored()).slice(0, 2).map(({ text }) => text)).toEqual([
      'say the lake is blue',
      'the lake is blue ',
    ]);
  });

  it('can be changed, removed and brought back, also after a restart', async () => {
    await sumUp(0, 3);
    const message = (await app.stored())[3];
    const set = (summary: NonNullable<typeof message>['summary']) =>
      app.api.chat.setSummary(
        { conversationId: app.conversationId, messageId: message?.id ?? '', summary },
        never,
      );
    if (!message?.summary) throw new Error('there is no summary');
    await set({ ...message.summary, text: 'Lake and boat are blue.' });
    await app.restart();
    await collect(app.api.engine.load({ modelId: app.modelId }, never));
    expect((await ledger())?.entries.find(({ kind }) => kind === 'summary')).toMatchObject({
      title: 'Lake and boat are blue.',
      messageIds: [message.id],
      state: 'in',
    });
    await set(null);
    expect(outs(await ledger())).toEqual([]);
    await set(message.summary);
    expect(await app.stored()).toContainEqual(message);
  });

  it('sums up an earlier summary together with what came after it', async () => {
    await sumUp(0, 1);
    const first = (await app.stored())[1]?.summary?.text ?? '-';
    await sumUp(0, 5);
    expect((await ledger())?.entries.filter(({ kind }) => kind === 'summary')).toHaveLength(1);
    expect(first.length).toBeGreaterThan(1);
    expect((await app.stored())[5]?.summary?.text).toContain(first.split('\n')[0]);
  });

  it('is written part by part where the turns are more than the window holds', async () => {
    for (let turn = 0; turn < 3; turn++) await app.send(`${'long '.repeat(1500)}`);
    const events = await sumUp(0, 11);
    expect(events.at(-1)).toMatchObject({ state: 'done' });
    expect((await app.stored())[11]?.summary?.turns).toBe(6);
  });

  it('is not kept where its reader leaves, and refused by the starter', async () => {
    const messages = await app.stored();
    const stretch = { from: messages[0]?.id ?? '', to: messages[1]?.id ?? '' };
    const stream = app.api.chat.summarize(
      { conversationId: app.conversationId, ...stretch, modelId: app.modelId },
      never,
    );
    for await (const _ of stream) break;
    expect((await sumUp(0, 1, app.modelOf('inkling-starter'))).at(-1)).toMatchObject({
      state: 'failed',
      error: { code: 'unsupported', details: { reason: 'starter' } },
    });
    expect(await app.stored()).toEqual(messages);
  });

  it('goes along when the chat is forked', async () => {
    await sumUp(0, 3);
    const leaf = (await app.stored()).at(-1)?.id ?? '';
    const fork = await app.api.conversations.fork({ id: app.conversationId, messageId: leaf }, never);
    const shown = await app.api.chat.ledger({ conversationId: fork.id, draft: '' }, never);
    expect(outs(shown)).toEqual([
      [1, 'summarized'],
      [2, 'summarized'],
    ]);
  });
});
