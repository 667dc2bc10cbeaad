import { describe, expect, it } from 'vitest';
import { openChats } from './openChats.ts';

async function library() {
  const chats = openChats();
  const ink = await chats.create('Recipes for ink');
  chats.turn(ink.id, 'How is iron gall ink made?', 'From oak galls, iron sulfate and gum arabic. Café noir!');
  const paper = await chats.create('Paper');
  const turn = chats.turn(paper.id, 'Which paper takes ink well?', 'Sized paper.');
  return { chats, ink, paper, turn };
}

describe('search', () => {
  it('finds titles first, then messages, newest first, with the words marked', async () => {
    const { chats, ink, paper, turn } = await library();
    const hits = await chats.search('ink');
    expect(hits.map((hit) => [hit.conversation.id, hit.messageId === null])).toEqual([
      [ink.id, true],
      [paper.id, false],
      [ink.id, false],
    ]);
    expect(hits[0]!.snippet).toBe('Recipes for \u0002ink\u0003');
    expect(hits[1]).toMatchObject({
      messageId: turn.user.id,
      snippet: 'Which paper takes \u0002ink\u0003 well?',
    });
  });

  it('finds the beginning of the last word, all words, and letters without their marks', async () => {
    const { chats, ink } = await library();
    for (const query of ['galls ir', 'cafe', 'CAFÉ no', 'sulf', 'gum oak']) {
      const hits = await chats.search(query);
      expect(
        hits.map((hit) => hit.conversation.id),
        query,
      ).toEqual([ink.id]);
    }
    expect(await chats.search('oa gum')).toEqual([]);
  });

  it.each([
    '"',
    '*',
    'a AND',
    'NEAR(',
    'text:ink',
    '^ink',
    '-ink',
    '(ink',
    "ink' OR 1=1 --",
    'ink*',
    '{a b}: c',
    '\0',
    '\u0002',
    '😀',
    'a"b',
    '   ',
    '',
    'i'.repeat(500),
  ])('takes %j as words, never as an error', async (query) => {
    const { chats } = await library();
    expect(Array.isArray(await chats.search(query))).toBe(true);
  });

  it('finds an answer once it is finished, and a chat by its new title only', async () => {
    const { chats, ink, paper } = await library();
    const { answer } = chats.say(paper.id, 'go on');
    const writer = chats.conversations.openAnswer(answer.id);
    writer.append({ text: 'vellum' });
    expect(await chats.search('vellum')).toEqual([]);
    writer.finish({ state: 'stopped', endReason: 'stopped', stats: null, error: null, leftOut: 0 });
    expect((await chats.search('vellum')).map((hit) => hit.messageId)).toEqual([answer.id]);
    await chats.rename(ink.id, 'Tinctures');
    expect(await chats.search('recipes')).toEqual([]);
    expect(await chats.search('tinct')).toHaveLength(1);
  });

  it('lets no chat crowd out the others, and keeps to the limit', async () => {
    const { chats, paper } = await library();
    const { id } = await chats.create('long');
    for (let n = 0; n < 300; n++) chats.say(id, `paper ${n}`);
    const hits = await chats.search('paper');
    expect(hits.filter((hit) => hit.conversation.id === id)).toHaveLength(3);
    expect(hits.some((hit) => hit.conversation.id === paper.id && hit.messageId !== null)).toBe(true);
    expect(await chats.search('paper', 2)).toHaveLength(2);
  });
});

describe('search with filters', () => {
  async function shelf() {
    let now = Date.UTC(2026, 0, 1);
    const chats = openChats({ now: () => now });
    const ink = await chats.create('Ink');
    const first = chats.turn(ink.id, 'ink please', 'iron gall ink');
    now = Date.UTC(2026, 5, 1);
    const code = await chats.create('Code');
    const second = chats.turn(code.id, 'code about ink', 'here:\n```\nink\n```');
    await chats.mark(ink.id, { pinned: true, tags: ['Work', '50%'] });
    await chats.mark(code.id, { archived: true });
    await chats.rate(code.id, second.answer.id, 'bad');
    return { chats, ink, code, first, second };
  }
  const ids = (hits: { conversation: { id: string }; messageId: string | null }[]) =>
    hits.map((hit) => hit.messageId ?? hit.conversation.id);

  it('finds words in what one side said, by the model, with code, by opinion', async () => {
    const { chats, first, second } = await shelf();
    expect(ids(await chats.search('ink', 30, { role: 'user' }))).toEqual([second.user.id, first.user.id]);
    expect(ids(await chats.search('ink', 30, { role: 'assistant', model: 'TIN' }))).toEqual([
      second.answer.id,
      first.answer.id,
    ]);
    expect(await chats.search('ink', 30, { model: 'other' })).toEqual([]);
    expect(await chats.search('ink', 30, { model: '%' })).toEqual([]);
    expect(ids(await chats.search('ink', 30, { has: ['code'] }))).toEqual([second.answer.id]);
    expect(ids(await chats.search('ink', 30, { rating: 'bad' }))).toEqual([second.answer.id]);
    expect(await chats.search('ink', 30, { has: ['notes'] })).toEqual([]);
    expect(await chats.search('ink', 30, { has: ['thought'] })).toEqual([]);
  });

  it('finds chats by what the person did with them, titles included', async () => {
    const { chats, ink, code, first } = await shelf();
    expect(ids(await chats.search('ink', 30, { pinned: true }))).toEqual([
      ink.id,
      first.answer.id,
      first.user.id,
    ]);
    expect(ids(await chats.search('', 30, { archived: true }))).toEqual([code.id]);
    expect(ids(await chats.search('', 30, { archived: false }))).toEqual([ink.id]);
    expect(ids(await chats.search('', 30, { tag: 'work' }))).toEqual([ink.id]);
    expect(ids(await chats.search('', 30, { tag: '50%' }))).toEqual([ink.id]);
    expect(await chats.search('', 30, { tag: 'wor' })).toEqual([]);
  });

  it('keeps to a span of time', async () => {
    const { chats, ink, code, first, second } = await shelf();
    const may = Date.UTC(2026, 4, 1);
    expect(ids(await chats.search('ink', 30, { after: may }))).toEqual([second.answer.id, second.user.id]);
    expect(ids(await chats.search('iron', 30, { before: may }))).toEqual([first.answer.id]);
    expect(ids(await chats.search('', 30, { before: may }))).toEqual([ink.id]);
    expect(ids(await chats.search('', 30, { after: may }))).toEqual([code.id]);
  });

  it('without words lists what the filters leave, and without either nothing', async () => {
    const { chats, second } = await shelf();
    const [hit] = await chats.search('', 30, { has: ['code'] });
    expect(hit).toMatchObject({ messageId: second.answer.id, snippet: 'here: ``` ink ```' });
    expect(await chats.search('', 30, {})).toEqual([]);
    expect(await chats.search('?!', 30, { pinned: true })).toEqual([]);
  });

  it('is not disturbed by rows whose details were damaged', async () => {
    const { chats, first } = await shelf();
    chats.storage.connection().run("UPDATE messages SET details = '{' WHERE id = ?", first.answer.id);
    expect(await chats.search('iron', 30, { model: 'tiny' })).toEqual([]);
    expect(await chats.search('iron', 30, { has: ['notes'] })).toEqual([]);
  });
});
