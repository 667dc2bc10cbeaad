import { describe, expect, it } from 'vitest';
import { openChats } from './openChats.ts';

type Chats = ReturnType<typeof openChats>;
const texts = async (chats: Chats, id: string) => (await chats.messages(id)).messages.map(({ text }) => text);

describe('an edited message', () => {
  it('stands beside the first one, even where that began the chat, and both can be shown', async () => {
    const chats = openChats();
    const { id } = await chats.create();
    const first = chats.turn(id, 'q1', 'a1');
    chats.turn(id, 'q2', 'a2');
    const edited = chats.edit(id, first.user.id, 'q1 edited');
    expect(edited.user).toMatchObject({ parentId: null, siblingIndex: 1, siblingCount: 2 });
    expect(await texts(chats, id)).toEqual(['q1 edited', '']);
    await chats.select(id, edited.user.id, -1);
    expect(await texts(chats, id)).toEqual(['q1', 'a1', 'q2', 'a2']);
  });

  it('is one of the person, and of this chat', async () => {
    const chats = openChats();
    const { id } = await chats.create();
    const other = await chats.create();
    const { user, answer } = chats.turn(id, 'q', 'a');
    expect(() => chats.edit(id, answer.id, 'x')).toThrow(expect.objectContaining({ code: 'bad_input' }));
    expect(() => chats.edit(other.id, user.id, 'x')).toThrow(expect.objectContaining({ code: 'not_found' }));
    expect(await texts(chats, id)).toEqual(['q', 'a']);
    expect(await texts(chats, other.id)).toEqual([]);
  });
});

describe('a fork', () => {
  it('is a chat of its own with the branch up to the message, and the first chat stays as it is', async () => {
    const chats = openChats();
    const { id } = await chats.create();
    const first = chats.turn(id, 'q1', 'a1');
    chats.turn(id, 'q2', 'a2');
    const before = await chats.messages(id);
    const fork = await chats.fork(id, first.answer.id);
    expect(fork.title).toBe('q1 (fork)');
    expect(await texts(chats, fork.id)).toEqual(['q1', 'a1']);
    const [q, a] = (await chats.messages(fork.id)).messages;
    expect(a).toMatchObject({ ...before.messages[1], id: a?.id, conversationId: fork.id, parentId: q?.id });
    chats.turn(fork.id, 'elsewhere', 'yes');
    expect(await chats.messages(id)).toEqual(before);
    expect((await chats.search('elsewhere')).map(({ conversation }) => conversation.id)).toEqual([fork.id]);
    expect((await chats.fork(fork.id, q?.id ?? '')).title).toBe('q1 (fork 2)');
  });

  it('keeps what its messages say of each other', async () => {
    const chats = openChats();
    const { id } = await chats.create();
    const first = chats.turn(id, 'q1', 'a1');
    const second = chats.turn(id, 'q2', 'a2');
    const { notes, keep, stats, endReason, error, leftOut } = (await chats.messages(id)).messages[3]!;
    const summary = { from: first.user.id, text: 'short', turns: 1, model: null, createdAt: 1 };
    const cut = { from: second.user.id, contextSize: 100 };
    const details = { model: null, stats, endReason, error, leftOut, cut, notes, keep, summary };
    chats.storage
      .connection()
      .run('UPDATE messages SET details = ? WHERE id = ?', JSON.stringify(details), second.answer.id);
    const fork = await chats.fork(id, second.answer.id);
    const { messages } = await chats.messages(fork.id);
    expect(messages[3]).toMatchObject({
      summary: { ...summary, from: messages[0]?.id },
      cut: { ...cut, from: messages[2]?.id },
    });
  });

  it('takes an answer that is still being written as far as it is, and marks damage as damage', async () => {
    const chats = openChats();
    const { id } = await chats.create();
    const { user, answer } = chats.say(id, 'q');
    const writer = chats.conversations.openAnswer(answer.id);
    writer.append({ text: 'so far' });
    chats.storage.connection().run("UPDATE messages SET text = 'rotten' WHERE id = ?", user.id);
    const fork = await chats.fork(id, answer.id);
    writer.append({ text: ' and on' });
    expect((await chats.messages(fork.id)).messages).toMatchObject([
      { text: 'rotten', damaged: true },
      { text: 'so far', state: 'stopped', damaged: false },
    ]);
  });

  it('of a message that is not in the chat makes nothing', async () => {
    const chats = openChats();
    const { id } = await chats.create();
    const other = await chats.create();
    const { user } = chats.turn(other.id, 'q', 'a');
    await expect(chats.fork(id, user.id)).rejects.toMatchObject({ code: 'not_found' });
    expect((await chats.list()).total).toBe(2);
  });
});
