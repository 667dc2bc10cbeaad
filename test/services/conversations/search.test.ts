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
