import { describe, expect, it } from 'vitest';
import { openChats } from './openChats.ts';

describe('pins, the archive and tags', () => {
  it('are kept, told to every window, and leave the place in the list as it was', async () => {
    const chats = openChats();
    const { id } = await chats.create('A chat');
    const { updatedAt } = await chats.get(id);
    const marked = await chats.mark(id, {
      pinned: true,
      archived: true,
      tags: ['Work', 'work', 'two words'],
    });
    expect(marked).toMatchObject({ pinned: true, archived: true, tags: ['Work', 'two words'], updatedAt });
    expect((await chats.list()).conversations[0]).toEqual(marked);
    await chats.mark(id, { pinned: false });
    expect(await chats.get(id)).toMatchObject({ pinned: false, archived: true, tags: ['Work', 'two words'] });
  });

  it('survive a reopening, and are not there for a chat that is gone', async () => {
    const chats = openChats();
    const { id } = await chats.create('A chat');
    await chats.mark(id, { pinned: true, tags: ['kept'] });
    await chats.close();
    const again = openChats({ dataDir: chats.dataDir });
    expect(await again.get(id)).toMatchObject({ pinned: true, tags: ['kept'] });
    await again.remove(id);
    await expect(again.mark(id, { pinned: false })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('a chat that goes on comes out of the archive', async () => {
    const chats = openChats();
    const { id } = await chats.create('A chat');
    await chats.mark(id, { archived: true });
    chats.turn(id, 'question', 'answer');
    expect(await chats.get(id)).toMatchObject({ archived: false });
  });

  it('tags that were damaged hide nothing but themselves', async () => {
    const chats = openChats();
    const { id } = await chats.create('A chat');
    chats.storage.connection().run("UPDATE conversations SET tags = '{broken' WHERE id = ?", id);
    expect(await chats.get(id)).toMatchObject({ title: 'A chat', tags: [] });
    expect(await chats.search('', 30, { tag: 'x' })).toEqual([]);
  });
});

describe('names', () => {
  it('that a model made take the place of the first words, and of nothing else', async () => {
    const chats = openChats();
    const { conversations } = chats;
    const { id } = await chats.create();
    chats.turn(id, 'first words', 'answer');
    expect(conversations.untitled(id)).toEqual({ question: 'first words', answer: 'answer' });
    conversations.nameByModel(id, 'By the model');
    expect((await chats.get(id)).title).toBe('By the model');
    expect(conversations.untitled(id)).toBeNull();
    await chats.rename(id, 'Mine');
    conversations.nameByModel(id, 'Again');
    expect((await chats.get(id)).title).toBe('Mine');
    const named = await chats.create('Mine from the start');
    chats.turn(named.id, 'first words', 'answer');
    expect(conversations.untitled(named.id)).toBeNull();
  });
});

describe('ratings', () => {
  it('are kept with the answer, can be taken back, and do not touch its checksum', async () => {
    const chats = openChats();
    const { id } = await chats.create();
    const { answer, user } = chats.turn(id, 'question', 'answer');
    expect(await chats.rate(id, answer.id, 'good')).toMatchObject({ rating: 'good', damaged: false });
    expect((await chats.messages(id)).messages[1]).toMatchObject({ rating: 'good', damaged: false });
    expect(await chats.rate(id, answer.id, null)).toMatchObject({ rating: null });
    await expect(chats.rate(id, user.id, 'bad')).rejects.toMatchObject({ code: 'bad_input' });
    await expect(chats.rate(id, 'nothing', 'bad')).rejects.toMatchObject({ code: 'not_found' });
  });

  it('wait for the end of an answer', async () => {
    const chats = openChats();
    const { id } = await chats.create();
    const { answer } = chats.say(id, 'question');
    await expect(chats.rate(id, answer.id, 'good')).rejects.toMatchObject({ code: 'conflict' });
  });

  it('of a damaged answer leave it damaged', async () => {
    const chats = openChats();
    const { id } = await chats.create();
    const { answer } = chats.turn(id, 'question', 'answer');
    chats.storage.connection().run("UPDATE messages SET text = 'other' WHERE id = ?", answer.id);
    expect(await chats.rate(id, answer.id, 'bad')).toMatchObject({ rating: 'bad', damaged: true });
  });
});
