import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { uncancelled } from '../conversations/openChats.ts';
import { filesWith } from '../storage/filesWith.ts';
import { openAttachments } from './openAttachments.ts';

const secret = 'Xylophonquarz';
const text = `A page about the ${secret}. `.repeat(3000);

function fakeClock() {
  vi.useFakeTimers({ toFake: ['Date'] });
  onTestFinished(() => void vi.useRealTimers());
}

/** A chat with other talk around, so that freed pages are not simply used again. */
async function openWithOthers(smallBytes?: number) {
  const opened = openAttachments({ smallBytes });
  const kept = await opened.chats.create('kept');
  for (let n = 0; n < 20; n++) opened.chats.turn(kept.id, `filler ${n}`, 'word '.repeat(n * 40));
  return { ...opened, kept };
}
type Opened = Awaited<ReturnType<typeof openWithOthers>>;

async function sendWith({ chats, upload }: Opened, title: string, count = 1) {
  const { id } = await chats.create(title);
  const sent = await upload(`${secret}.md`, text, id);
  const turns = Array.from({ length: count }, (_, at) =>
    chats.conversations.addTurn({
      conversationId: id,
      parentId: null,
      text: `What is it? ${at}`,
      attachments: [sent],
      model: null,
    }),
  );
  for (const { answer } of turns) chats.conversations.openAnswer(answer.id).finish(done);
  return { id, sent, turns };
}
const done = { state: 'done', endReason: 'complete', stats: null, error: null, leftOut: 0 } as const;

describe('an attachment of a chat', () => {
  it.each([
    ['small', undefined],
    ['large', 0],
  ] as const)(
    'goes with its chat: no file of a %s database holds a trace of it, backups included',
    async (_, smallBytes) => {
      const opened = await openWithOthers(smallBytes);
      const { chats } = opened;
      const { id } = await sendWith(opened, 'secret');
      await opened.upload(`${secret} too.txt`, text, id);
      await chats.storage.api.backup(null, uncancelled);
      expect(filesWith(chats.dataDir, secret).length).toBeGreaterThan(1);
      await chats.remove(id);
      expect(await opened.waiting(id)).toEqual([expect.anything()]);
      await chats.storage.erase({ conversations: [id] });
      expect(filesWith(chats.dataDir, secret)).toEqual([]);
      expect(await opened.waiting(id)).toEqual([]);
    },
  );

  it('goes with the last message that has it, and not before', async () => {
    const opened = await openWithOthers();
    const { chats, attachments } = opened;
    const { sent, turns } = await sendWith(opened, 'two tries', 2);
    const db = chats.storage.connection();
    const erase = (turn: (typeof turns)[number] | undefined) => {
      db.run('DELETE FROM messages WHERE id = ?', turn?.answer.id ?? '');
      db.run('DELETE FROM messages WHERE id = ?', turn?.user.id ?? '');
    };
    db.exec('UPDATE conversations SET leaf_id = NULL');
    db.exec('UPDATE messages SET parent_id = NULL');
    erase(turns[0]);
    expect(attachments.get(sent.id)).toEqual(sent);
    erase(turns[1]);
    expect(() => attachments.get(sent.id)).toThrow(expect.objectContaining({ code: 'not_found' }));
  });

  it('comes back with its chat, and from a backup', async () => {
    const opened = await openWithOthers();
    const { chats, attachments } = opened;
    const { id, sent } = await sendWith(opened, 'kept too');
    await chats.remove(id);
    await chats.restore(id);
    expect(attachments.text(sent.id)).toMatchObject({ text, damaged: false });
    const backup = await chats.storage.api.backup(null, uncancelled);
    await chats.storage.api.restore({ id: backup.id }, uncancelled);
    expect(attachments.text(sent.id)).toMatchObject({ text, damaged: false });
  });
});

describe('an attachment that waits', () => {
  it('can be taken away and brought back; later nothing of it is left, backups included', async () => {
    fakeClock();
    const { api, upload, waiting, chats, attachments } = await openWithOthers();
    const added = await upload(`${secret}.txt`, text);
    await chats.storage.api.backup(null, uncancelled);
    const { undoUntil } = await api.remove({ id: added.id }, uncancelled);
    expect(undoUntil - Date.now()).toBeGreaterThan(9000);
    expect(await waiting(null)).toEqual([]);
    expect(await api.restore({ id: added.id }, uncancelled)).toEqual(added);
    expect(await waiting(null)).toEqual([added]);

    await api.remove({ id: added.id }, uncancelled);
    // The end of the app is the end of the time to undo.
    attachments.close();
    await vi.waitFor(() => expect(filesWith(chats.dataDir, secret)).toEqual([]), { timeout: 5000 });
    await expect(async () => api.restore({ id: added.id }, uncancelled)).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});
