import { describe, expect, it } from 'vitest';
import { openStorage } from '../../../electron/services/storage/openStorage.ts';
import { tempFolder } from '../storage/tempFolder.ts';
import { model, openChats, wellDone } from './openChats.ts';

type Chats = ReturnType<typeof openChats>;
const texts = async (chats: Chats, id: string) => (await chats.messages(id)).messages.map(({ text }) => text);

describe('conversations', () => {
  it('keep a turn and its streamed answer over a restart', async () => {
    const chats = openChats();
    const { id } = await chats.create();
    const { user, answer } = chats.say(id, 'What is ink made of?');
    expect(user).toMatchObject({ role: 'user', text: 'What is ink made of?', parentId: null, state: 'done' });
    expect(answer).toMatchObject({ role: 'assistant', state: 'streaming', parentId: user.id, model });
    const writer = chats.conversations.openAnswer(answer.id);
    writer.append({ thought: 'Soot? ' });
    writer.append({ text: 'Of soot ' });
    writer.append({ text: 'and gum.' });
    writer.finish({
      ...wellDone,
      leftOut: 2,
      error: { code: 'internal', message: 'odd', details: { a: 1 } },
    });
    await chats.close();

    const again = openChats({ dataDir: chats.dataDir });
    const { messages, hasEarlier } = await again.messages(id);
    expect(hasEarlier).toBe(false);
    expect(messages[0]).toEqual(user);
    expect(messages[1]).toEqual({
      ...answer,
      state: 'done',
      endReason: 'complete',
      text: 'Of soot and gum.',
      thought: 'Soot? ',
      leftOut: 2,
      error: { code: 'internal', message: 'odd', details: { a: 1 } },
    });
    expect(await again.get(id)).toMatchObject({ title: 'What is ink made of?', leafId: answer.id });
  });

  it('keep odd text exactly: zero bytes, emoji, marks, half letters as the sign for them', async () => {
    const chats = openChats();
    const { id } = await chats.create();
    chats.turn(id, 'a\0b \u{1F642} \r\n\t\u2028"\'%_ é', 'x\uD83D');
    await chats.close();
    const { messages } = await openChats({ dataDir: chats.dataDir }).messages(id);
    expect(messages.map(({ text, damaged }) => [text, damaged])).toEqual([
      ['a\0b \u{1F642} \r\n\t\u2028"\'%_ é', false],
      ['x\uFFFD', false],
    ]);
  });

  it('are named by their first message, unless a person named them', async () => {
    const chats = openChats();
    const unnamed = await chats.create();
    const named = await chats.create('Mine');
    const renamed = await chats.create();
    await chats.rename(renamed.id, 'New chat');
    for (const { id } of [unnamed, named, renamed]) {
      chats.turn(id, '# Hello *world*\nmore', 'hi');
      chats.turn(id, 'second', 'hi');
    }
    expect((await chats.list()).conversations.map(({ title }) => title)).toEqual([
      'New chat',
      'Mine',
      'Hello world',
    ]);
  });

  it('are listed newest first by their last turn, by pages', async () => {
    let time = 1000;
    const chats = openChats({ now: () => time++ });
    const ids: string[] = [];
    for (let n = 0; n < 5; n++) ids.push((await chats.create(`chat ${n}`)).id);
    chats.say(ids[1]!, 'hello');
    await chats.rename(ids[0]!, 'renaming moves nothing');
    const { conversations, total } = await chats.list(3);
    expect(conversations.map(({ id }) => id)).toEqual([ids[1], ids[4], ids[3]]);
    expect(total).toBe(5);
    expect((await chats.list(3, 3)).conversations.map(({ id }) => id)).toEqual([ids[2], ids[0]]);
  });

  it('grow siblings when a message is edited or answered again, and lose nothing', async () => {
    const chats = openChats();
    const { id } = await chats.create();
    const first = chats.turn(id, 'q1', 'a1');
    const second = chats.turn(id, 'q2', 'a2');
    chats.turn(id, 'q3', 'a3');
    const edited = chats.turn(id, 'q2 edited', 'a2 edited', first.answer.id);
    expect(await texts(chats, id)).toEqual(['q1', 'a1', 'q2 edited', 'a2 edited']);
    const again = chats.conversations.addAnswer({
      conversationId: id,
      messageId: edited.user.id,
      model: null,
    });
    expect(again).toMatchObject({ siblingIndex: 1, siblingCount: 2, state: 'streaming', text: '' });
    expect(await texts(chats, id)).toEqual(['q1', 'a1', 'q2 edited', '']);
    expect((await chats.messages(id)).messages[2]).toMatchObject({ siblingIndex: 1, siblingCount: 2 });

    await chats.select(id, second.user.id);
    expect(await texts(chats, id)).toEqual(['q1', 'a1', 'q2', 'a2', 'q3', 'a3']);
    await chats.select(id, second.user.id, 1);
    expect(await texts(chats, id)).toEqual(['q1', 'a1', 'q2 edited', '']);
    await chats.select(id, again.id, -1);
    expect(await texts(chats, id)).toEqual(['q1', 'a1', 'q2 edited', 'a2 edited']);
    expect(chats.conversations.branch(second.answer.id).map(({ text }) => text)).toEqual([
      'q1',
      'a1',
      'q2',
      'a2',
    ]);
  });

  it('are read by pages from the end', async () => {
    const chats = openChats();
    const { id } = await chats.create();
    for (let n = 0; n < 10; n++) chats.turn(id, `q${n}`, `a${n}`);
    const last = await chats.messages(id, 5);
    expect(last.messages.map(({ text }) => text)).toEqual(['a7', 'q8', 'a8', 'q9', 'a9']);
    expect(last.hasEarlier).toBe(true);
    const earlier = await chats.messages(id, 15, last.messages[0]!.id);
    expect(earlier.messages.map(({ text }) => text).at(-1)).toBe('q7');
    expect(earlier.messages).toHaveLength(15);
    expect(earlier.hasEarlier).toBe(false);
    expect((await chats.messages(id, 15, earlier.messages[0]!.id)).messages).toEqual([]);
  });

  it('show a streaming answer to every reader as it is, saved or not', async () => {
    const chats = openChats();
    const { id } = await chats.create();
    const { answer } = chats.say(id, 'q');
    const writer = chats.conversations.openAnswer(answer.id);
    writer.append({ text: 'so far', thought: 'hm' });
    expect((await chats.messages(id)).messages.at(-1)).toMatchObject({
      state: 'streaming',
      text: 'so far',
      thought: 'hm',
    });
    expect(() => chats.conversations.openAnswer(answer.id)).toThrow(
      expect.objectContaining({ code: 'conflict' }),
    );
  });

  it('fold what was saved of a cut-off answer into it at the next start', async () => {
    const chats = openChats();
    const { id } = await chats.create();
    const { answer } = chats.say(id, 'q');
    const writer = chats.conversations.openAnswer(answer.id);
    writer.append({ text: 'half an ', thought: 'why' });
    await new Promise((resolve) => setTimeout(resolve, 150));
    writer.append({ text: 'answer' });
    await chats.close();
    const storage = openStorage({ dataDir: chats.dataDir });
    const left = storage.connection().all('SELECT text FROM chunks');
    expect(left).toEqual([{ text: 'half an ' }, { text: 'answer' }]);
    await storage.close();
    const again = openChats({ dataDir: chats.dataDir });
    expect((await again.messages(id)).messages.at(-1)).toMatchObject({
      state: 'interrupted',
      text: 'half an answer',
      thought: 'why',
      damaged: false,
    });
    expect(again.storage.connection().get('SELECT 1 FROM chunks')).toBeUndefined();
    expect(await again.search('half answer')).toHaveLength(1);
    expect(again.conversations.recover()).toBe(0);
  });

  it('never tear a letter whose halves come in two pieces', async () => {
    const chats = openChats();
    const { id } = await chats.create();
    const { answer } = chats.say(id, 'q');
    const writer = chats.conversations.openAnswer(answer.id);
    writer.append({ text: 'a\uD83D' });
    await new Promise((resolve) => setTimeout(resolve, 150));
    writer.append({ text: '\uDE42b' });
    await chats.close();
    const again = openChats({ dataDir: chats.dataDir });
    expect((await again.messages(id)).messages.at(-1)).toMatchObject({ text: 'a\u{1F642}b', damaged: false });
  });

  it('tell every window what changed, a slow one only the newest of each chat', async () => {
    const chats = openChats();
    const stop = new AbortController();
    const watch = chats.conversations.api.watch(undefined, { signal: stop.signal })[Symbol.asyncIterator]();
    const first = watch.next();
    const { id } = await chats.create('one');
    expect((await first).value).toMatchObject({ type: 'changed', conversation: { id, title: 'one' } });
    for (const title of ['two', 'three', 'four']) await chats.rename(id, title);
    const other = await chats.create('other');
    await chats.remove(other.id);
    expect((await watch.next()).value).toMatchObject({
      type: 'changed',
      conversation: { id, title: 'four' },
    });
    expect((await watch.next()).value).toEqual({ type: 'removed', id: other.id });
    const ended = watch.next();
    stop.abort();
    expect(await ended).toEqual({ done: true, value: undefined });
  });

  it('refuse what is not there or does not belong, and change nothing', async () => {
    const chats = openChats();
    const { id } = await chats.create();
    const other = await chats.create();
    const { user, answer } = chats.turn(other.id, 'q', 'a');
    const missing = expect.objectContaining({ code: 'not_found' });
    await expect(chats.get('nobody')).rejects.toEqual(missing);
    await expect(chats.rename('nobody', 'x')).rejects.toEqual(missing);
    await expect(chats.remove('nobody')).rejects.toEqual(missing);
    await expect(chats.messages(id, 10, user.id)).rejects.toEqual(missing);
    await expect(chats.select(id, user.id)).rejects.toEqual(missing);
    expect(() => chats.say(id, 'hi', answer.id)).toThrow(missing);
    expect(() => chats.conversations.branch('nobody')).toThrow(missing);
    expect(() => chats.conversations.openAnswer(answer.id)).toThrow(
      expect.objectContaining({ code: 'conflict' }),
    );
    expect(() =>
      chats.conversations.addAnswer({ conversationId: other.id, messageId: answer.id, model: null }),
    ).toThrow(expect.objectContaining({ code: 'bad_input' }));
    expect((await chats.messages(id)).messages).toEqual([]);
  });
});

describe('an id', () => {
  it('is short, safe in an address, and never the same', async () => {
    const chats = openChats({ dataDir: tempFolder() });
    const ids = new Set<string>();
    for (let n = 0; n < 50; n++) ids.add((await chats.create()).id);
    expect(ids.size).toBe(50);
    for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9_-]{16}$/);
  });
});

it('gives fewer messages at once where they are huge, and all of them page by page', async () => {
  const chats = openChats();
  const { id } = await chats.create();
  for (let n = 0; n < 4; n++) chats.turn(id, `question ${n}`, `${n}`.repeat(400_000));
  const last = await chats.messages(id, 60);
  expect(last.hasEarlier).toBe(true);
  expect(last.messages.map(({ text }) => text.slice(0, 10))).toEqual([
    'question 2',
    '2222222222',
    'question 3',
    '3333333333',
  ]);
  const before = await chats.messages(id, 60, last.messages[0]?.id);
  expect(before.messages).toHaveLength(4);
  expect(before.hasEarlier).toBe(false);
});
