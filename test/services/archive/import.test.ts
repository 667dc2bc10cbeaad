import { describe, expect, it } from 'vitest';
import { readChatSettings } from '../../../electron/services/conversations/settingsRows.ts';
import { chatGpt, gptNode, jan, lmStudio, openWebUi } from './foreignExports.ts';
import { openArchive } from './openArchive.ts';

const texts = (messages: readonly { role: string; text: string }[]) =>
  messages.map(({ role, text }) => `${role}: ${text}`);

describe('chats of other apps', () => {
  it('of ChatGPT come with their branches, thoughts and marks; tools and images are counted', async () => {
    const app = openArchive();
    const report = await app.import(app.write({ 'conversations.json': JSON.stringify([chatGpt()]) }));
    expect(report).toMatchObject({ chats: 1, messages: 4, apps: [{ name: 'ChatGPT', chats: 1 }], known: 0 });
    expect(report.left).toEqual([
      { what: 'images', count: 1 },
      { what: 'steps and results of tools', count: 2 },
    ]);
    const { chat, messages } = await app.shown('Ink for a pen');
    expect(chat).toMatchObject({ archived: true, createdAt: 1700000000123, updatedAt: 1700000900500 });
    expect(texts(messages)).toEqual([
      'user: Which ink is this?',
      'assistant: Iron gall ink.',
      'user: Thanks!',
    ]);
    expect(messages[1]).toMatchObject({
      thought: 'Looking\nIt is dark.',
      siblingIndex: 1,
      siblingCount: 2,
      model: { name: 'gpt-4o' },
      state: 'done',
    });
  });

  it('of LM Studio come with their versions, thoughts and the model that wrote', async () => {
    const app = openArchive();
    const path = app.write({ '1731000000000.conversation.json': JSON.stringify(lmStudio()) });
    const report = await app.import(path);
    expect(report).toMatchObject({ chats: 1, messages: 4, apps: [{ name: 'LM Studio', chats: 1 }] });
    expect(report.left).toEqual([{ what: 'attached files', count: 1 }]);
    const { chat, messages } = await app.shown('Haiku about rain');
    expect(readChatSettings(app.chats.storage.connection(), chat.id).settings.instructions).toBe(
      'Answer in verse.',
    );
    expect(chat).toMatchObject({ pinned: true, createdAt: 1731000000000 });
    expect(texts(messages)).toEqual([
      'user: A haiku about rain, please.',
      'assistant: Rain on the tin roof',
      'user: One more.',
    ]);
    expect(messages[1]).toMatchObject({
      thought: 'Five, seven, five.',
      siblingCount: 2,
      model: { name: 'qwen3-4b' },
    });
  });

  it('of Open WebUI come with their tree, ratings, tags and thoughts', async () => {
    const app = openArchive();
    const report = await app.import(app.write({ 'chat-export.json': JSON.stringify([openWebUi()]) }));
    expect(report).toMatchObject({ chats: 1, messages: 3, left: [{ what: 'attached files', count: 1 }] });
    const { chat, messages } = await app.shown('Bread');
    expect(chat).toMatchObject({ pinned: true, archived: false, tags: ['baking'] });
    expect(texts(messages)).toEqual(['user: How long does bread rise?', 'assistant: Two hours.']);
    expect(messages[1]).toMatchObject({ thought: 'Yeast needs time.', rating: 'good', siblingCount: 2 });
  });

  it('of Jan come from a folder of threads, and name what cannot be read', async () => {
    const app = openArchive();
    const good = jan();
    const torn = jan('jan_2', 'Torn');
    app.write({
      'threads/jan_1712345678/thread.json': good['thread.json'],
      'threads/jan_1712345678/messages.jsonl': good['messages.jsonl'],
      'threads/jan_2/thread.json': torn['thread.json'],
      'threads/jan_2/messages.jsonl': torn['messages.jsonl'].slice(0, -40),
      'threads/jan_3/messages.jsonl': 'not json\n',
    });
    const report = await app.import(app.folder);
    expect(report).toMatchObject({ chats: 2, apps: [{ name: 'Jan', chats: 2 }] });
    expect(report.left).toEqual([{ what: 'lines that could not be read', count: 1 }]);
    expect(report.failed).toEqual({
      count: 1,
      first: [{ name: 'threads/jan_3', reason: 'None of its messages can be read.' }],
    });
    const { messages } = await app.shown('Physics');
    expect(texts(messages)).toEqual([
      'user: Why is the sky blue?',
      'assistant: Because air scatters blue light.',
    ]);
    expect(messages[1]).toMatchObject({ thought: 'Rayleigh.', model: { name: 'llama3.2-3b-instruct' } });
  });

  it.each([
    ['ChatGPT', 'conversations.json', JSON.stringify([chatGpt()])],
    ['LM Studio', 'a.conversation.json', JSON.stringify(lmStudio())],
    ['Open WebUI', 'export.json', JSON.stringify([openWebUi()])],
  ])('of %s come once, however often they are imported', async (_, name, text) => {
    const app = openArchive();
    const path = app.write({ [name]: text });
    expect(await app.import(path)).toMatchObject({ chats: 1, known: 0 });
    expect(await app.import(path)).toMatchObject({ chats: 0, messages: 0, known: 1 });
    expect((await app.chats.list()).total).toBe(1);
  });
});

describe('files that are not as they should be', () => {
  it('cut off in the middle give what came whole, and say so', async () => {
    const app = openArchive();
    const whole = JSON.stringify([chatGpt('one', 'One'), chatGpt('two', 'Two'), chatGpt('three', 'Three')]);
    const report = await app.import(app.write({ 'conversations.json': whole.slice(0, -300) }));
    expect(report).toMatchObject({ chats: 2, failed: { count: 1 } });
    expect(report.failed.first[0]?.reason).toContain('ends in the middle');
  });

  it('with one broken chat give all the others', async () => {
    const app = openArchive();
    const text = `[${JSON.stringify(chatGpt('one', 'One'))}, {"mapping": {broken}, {"mapping": {}}, 7, null, ${JSON.stringify(openWebUi())}]`;
    const report = await app.import(app.write({ 'conversations.json': text }));
    expect(report.chats).toBe(1);
    expect(report.failed.count).toBeGreaterThanOrEqual(1);
  });

  it.each([
    ['empty', ''],
    ['of spaces', '  \n '],
    ['no JSON', 'Dear diary'],
    ['another JSON', '{"a": 1}'],
    ['a list of nothing', '[]'],
    ['deep', `${'['.repeat(200_000)}`],
    ['a chat of a newer Inkling', '{"format":"inkling-chat","version":2,"chat":{},"messages":[]}'],
    ['a chat without messages', '{"format":"inkling-chat","version":1,"chat":{}}'],
    ['a chat of wrong types', '{"format":"inkling-chat","version":1,"chat":{"id":7},"messages":[]}'],
    [
      'messages of wrong types',
      '{"mapping":{"a":7,"b":{"message":7},"c":{"message":{"author":7,"content":7}}}}',
    ],
    ['versions of nothing', '{"messages":[{"versions":[null,7,{"role":"user","steps":[null]}]}]}'],
    ['a tree of nothing', '{"chat":{"history":{"messages":{"a":null,"b":7}}}}'],
  ])('(%s) are told by name, and change nothing', async (_, text) => {
    const app = openArchive();
    const report = await app.import(app.write({ 'some.json': text }));
    expect(report).toMatchObject({ chats: 0, messages: 0, failed: { count: 1 } });
    expect((await app.chats.list()).total).toBe(0);
  });

  it('are told where there are none', async () => {
    const app = openArchive();
    await expect(app.import('/nothing/here.json')).rejects.toMatchObject({ code: 'not_found' });
    await expect(app.import('relative.json')).rejects.toMatchObject({ code: 'bad_input' });
    await expect(app.import(app.write({ 'x.zip': 'PK\u0003\u0004 and no more' }))).rejects.toMatchObject({
      code: 'bad_input',
    });
  });

  it('whose messages go in circles, hang in the air, or repeat their names come as far as they make sense', async () => {
    const app = openArchive();
    const nodes = [
      gptNode('a', 'b', 'user', 'circle'),
      gptNode('b', 'a', 'assistant', 'circle'),
      gptNode('c', 'nowhere', 'user', 'hangs in the air'),
      gptNode('__proto__', 'c', 'assistant', 'an odd name'),
      gptNode('constructor', '__proto__', 'user', 'another one'),
    ];
    const mapping = `{${nodes.map((node) => `${JSON.stringify(node.id)}:${JSON.stringify(node)}`).join(',')}}`;
    const text = `[{"title":"\\u0000\\ud800 odd","mapping":${mapping},"current_node":"b","conversation_id":"x"}]`;
    const report = await app.import(app.write({ 'conversations.json': text }));
    expect(report.chats).toBe(1);
    const { conversations } = await app.chats.list();
    const { messages } = await app.chats.messages(conversations[0]?.id ?? '');
    expect(texts(messages).slice(0, 1)).toEqual(['user: hangs in the air']);
  });

  it('of ten thousand messages come whole', async () => {
    const app = openArchive();
    const nodes = Array.from({ length: 10_000 }, (_, n) =>
      gptNode(`n${n}`, n === 0 ? null : `n${n - 1}`, n % 2 === 0 ? 'user' : 'assistant', `message ${n}`),
    );
    const chat = {
      ...chatGpt('huge', 'Huge'),
      mapping: Object.fromEntries(nodes.map((node) => [node.id, node])),
      current_node: 'n9999',
    };
    expect(await app.import(app.write({ 'conversations.json': JSON.stringify([chat]) }))).toMatchObject({
      chats: 1,
      messages: 10_000,
    });
    const { messages } = await app.shown('Huge');
    expect(messages.at(-1)?.text).toBe('message 9999');
    expect(await app.chats.search('7777')).toHaveLength(1);
  });
});
