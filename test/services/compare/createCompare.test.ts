import { describe, expect, it } from 'vitest';
import type { CompareEvent, Contender, Side } from '../../../electron/contract/compare.ts';
import type { Services } from '../../../electron/services/createServices.ts';
import { collect } from '../../client.ts';
import { never, openScripted } from '../scriptedServices.ts';

const sideOf = (modelId: string, name: string, temperature = 0.5): Contender => ({
  modelId,
  name,
  sampling: { temperature },
  thinking: null,
});
const wish = (
  conversationId: string,
  text: string,
  sides: readonly [Contender, Contender],
  blind = false,
) => ({
  conversationId,
  question: { text },
  sides: [...sides] as [Contender, Contender],
  task: 'rewrite',
  blind,
});
const textOf = (events: readonly CompareEvent[], side: Side) =>
  events
    .map((event) =>
      event.type === 'answer' && event.side === side && event.event.type === 'text' ? event.event.text : '',
    )
    .join('');
const begun = (events: readonly CompareEvent[]) => {
  const [first] = events;
  if (first?.type !== 'begun') throw new Error('not begun');
  return first.comparison;
};
const newChat = async (services: Services) => (await services.service.conversations.create({}, never)).id;

describe('comparing two answers', () => {
  it('asks two models the same, one after the other, and keeps both answers in the chat', async () => {
    const app = await openScripted(['one.gguf', 'other.gguf']);
    const { compare, conversations } = app.services.service;
    const chat = await newChat(app.services);
    const sides = [
      sideOf(app.modelId('one.gguf'), 'One'),
      sideOf(app.modelId('other.gguf'), 'Other'),
    ] as const;
    const events = await collect(compare.start(wish(chat, 'say hello', sides), never));
    expect(textOf(events, 0)).toBe('hello ');
    expect(textOf(events, 1)).toBe('hello ');
    const waits = events.some(
      (event) => event.type === 'answer' && event.side === 1 && event.event.type === 'waiting',
    );
    expect(waits).toBe(true);

    const { id } = begun(events);
    const stored = await compare.get({ id }, never);
    expect(stored.sides.map(({ answer }) => [answer.state, answer.model?.id])).toEqual([
      ['done', sides[0].modelId],
      ['done', sides[1].modelId],
    ]);
    const { messages } = await conversations.messages({ id: chat, before: null, limit: 9 }, never);
    expect(messages).toHaveLength(2);
    expect(messages[1]).toMatchObject({ id: stored.sides[1].answer.id, siblingCount: 2 });

    await compare.pick({ id, pick: 'first' }, never);
    const after = await conversations.messages({ id: chat, before: null, limit: 9 }, never);
    expect(after.messages[1]?.id).toBe(stored.sides[0].answer.id);
  });

  it('asks one model with two settings, in random order when blind', async () => {
    const app = await openScripted(['one.gguf']);
    const { compare } = app.services.service;
    const chat = await newChat(app.services);
    const id = app.modelId('one.gguf');
    const sides = [sideOf(id, 'Steady', 0), sideOf(id, 'Wild', 1.5)] as const;
    const first = new Set<string>();
    for (let round = 0; round < 12 && first.size < 2; round++) {
      const events = await collect(compare.start(wish(chat, 'say hi', sides, true), never));
      first.add(begun(events).sides[0].contender.name);
    }
    expect([...first].sort()).toEqual(['Steady', 'Wild']);
  });

  it('loses no answer when the other crashes, and lets that one answer anew', async () => {
    const app = await openScripted(['one.gguf', 'crash-load.gguf']);
    const { compare } = app.services.service;
    const chat = await newChat(app.services);
    const sides = [
      sideOf(app.modelId('crash-load.gguf'), 'Bad'),
      sideOf(app.modelId('one.gguf'), 'Good'),
    ] as const;
    const events = await collect(compare.start(wish(chat, 'say still here', sides), never));
    const { id } = begun(events);
    const stored = await compare.get({ id }, never);
    expect(stored.sides[0].answer).toMatchObject({ state: 'failed', error: { code: 'engine_crashed' } });
    expect(stored.sides[1].answer).toMatchObject({ state: 'done', text: 'still here ' });
    const again = await collect(compare.again({ id, side: 1 }, never));
    expect(textOf(again, 1)).toBe('still here ');
    expect((await compare.get({ id }, never)).sides[1].answer.id).not.toBe(stored.sides[1].answer.id);
  });

  it('stops both when the reader leaves, keeps what was written, and waits for a pick after a restart', async () => {
    const app = await openScripted(['one.gguf']);
    const chat = await newChat(app.services);
    const id = app.modelId('one.gguf');
    const sides = [sideOf(id, 'A', 0), sideOf(id, 'B', 1)] as const;
    const leave = new AbortController();
    let comparison = '';
    for await (const event of app.services.service.compare.start(wish(chat, 'words 5000 5', sides), leave)) {
      if (event.type === 'begun') comparison = event.comparison.id;
      else if (event.event.type === 'text') break;
    }
    leave.abort();
    const { compare } = (await app.restart()).service;
    const stored = await compare.get({ id: comparison }, never);
    expect(stored.sides.map(({ answer }) => answer.state)).toEqual(['stopped', 'stopped']);
    expect(stored.sides[0].answer.text).toMatch(/^0 1/);
    const { comparisons } = await compare.open({ conversationId: chat }, never);
    expect(comparisons).toMatchObject([{ id: comparison, task: 'rewrite' }]);
  });

  it('remembers what was picked for each kind of work, also after the chat is gone', async () => {
    const app = await openScripted(['one.gguf']);
    const { compare, conversations } = app.services.service;
    const chat = await newChat(app.services);
    const id = app.modelId('one.gguf');
    const sides = [sideOf(id, 'Steady', 0), sideOf(id, 'Wild', 1.5)] as const;
    for (const pick of ['first', 'first', 'tie', 'second'] as const) {
      const events = await collect(compare.start(wish(chat, 'say hi', sides), never));
      await compare.pick({ id: begun(events).id, pick }, never);
    }
    const lines = [
      { task: 'rewrite', name: 'Steady', modelId: id, picked: 2, of: 4 },
      { task: 'rewrite', name: 'Wild', modelId: id, picked: 1, of: 4 },
    ];
    expect(await compare.tally({ task: 'Rewrite' }, never)).toEqual({ lines });
    expect(await compare.tally({ task: 'code' }, never)).toEqual({ lines: [] });
    await conversations.remove({ id: chat }, never);
    const again = (await app.restart()).service.compare;
    expect(await again.tally(undefined, never)).toEqual({ lines });
    expect((await again.open({ conversationId: chat }, never)).comparisons).toEqual([]);
  });
});
