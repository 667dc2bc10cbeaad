import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { verifyData } from '../../../electron/services/storage/verifyData.ts';
import { openChats, uncancelled } from './openChats.ts';

type Chats = ReturnType<typeof openChats>;
const secret = 'Xylophonquarz';
const texts = async (chats: Chats, id: string) => (await chats.messages(id)).messages.map(({ text }) => text);
const remove = (chats: Chats, id: string, messageId: string) =>
  chats.conversations.api.removeMessage({ id, messageId }, uncancelled);
const restore = async (chats: Chats, id: string, messageId: string) =>
  chats.conversations.api.restoreMessage({ id, messageId }, uncancelled);

/** The files of a folder in which a word can still be read. */
function filesWith(folder: string, word: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => {
    const path = join(folder, name);
    if (!statSync(path).isFile()) return false;
    return readFileSync(path).toString('latin1').toLowerCase().includes(word.toLowerCase());
  });
}

function fakeClock() {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
  onTestFinished(() => void vi.useRealTimers());
}

async function aTree(dataDir?: string) {
  const chats = openChats(dataDir === undefined ? {} : { dataDir });
  const { id } = await chats.create();
  const first = chats.turn(id, 'q1', 'a1');
  const second = chats.turn(id, `q2 ${secret}`, `a2 ${secret}`);
  const third = chats.turn(id, `q3 ${secret}`, `a3 ${secret}`);
  return { chats, id, first, second, third };
}

describe('a removed message', () => {
  it('is hidden at once with all below it, and comes back as it was', async () => {
    const { chats, id, second, first } = await aTree();
    const before = await chats.messages(id);
    const told = await remove(chats, id, second.user.id);
    expect((await told).conversation).toMatchObject({ leafId: first.answer.id });
    expect(await texts(chats, id)).toEqual(['q1', 'a1']);
    expect(await chats.search(secret)).toEqual([]);
    const missing = { code: 'not_found' };
    await expect(chats.select(id, second.answer.id)).rejects.toMatchObject(missing);
    await expect(chats.fork(id, second.answer.id)).rejects.toMatchObject(missing);
    expect(() => chats.say(id, 'x', second.answer.id)).toThrow(expect.objectContaining(missing));
    await expect(async () => remove(chats, id, second.answer.id)).rejects.toMatchObject(missing);

    await restore(chats, id, second.user.id);
    expect(await chats.messages(id)).toEqual(before);
    expect(await chats.search(secret)).not.toEqual([]);
    await expect(restore(chats, id, second.user.id)).rejects.toMatchObject(missing);
  });

  it('leaves its siblings, which are counted and shown without it', async () => {
    const { chats, id, second } = await aTree();
    const edited = chats.edit(id, second.user.id, 'q2 edited');
    const third = chats.edit(id, second.user.id, 'q2 third');
    await remove(chats, id, edited.user.id);
    expect((await chats.messages(id)).messages[2]).toMatchObject({
      id: third.user.id,
      siblingIndex: 1,
      siblingCount: 2,
    });
    await remove(chats, id, third.user.id);
    expect(await texts(chats, id)).toEqual([
      'q1',
      'a1',
      `q2 ${secret}`,
      `a2 ${secret}`,
      `q3 ${secret}`,
      `a3 ${secret}`,
    ]);
    await restore(chats, id, third.user.id);
    expect((await texts(chats, id)).slice(2)).toEqual(['q2 third', '']);
    await restore(chats, id, edited.user.id);
    expect((await chats.messages(id)).messages[2]).toMatchObject({ siblingIndex: 2, siblingCount: 3 });
  });

  it('may be below another removed one; each comes back by itself', async () => {
    const { chats, id, second, third } = await aTree();
    await remove(chats, id, third.user.id);
    await remove(chats, id, second.user.id);
    await restore(chats, id, second.user.id);
    expect(await texts(chats, id)).toEqual(['q1', 'a1', `q2 ${secret}`, `a2 ${secret}`]);
    await restore(chats, id, third.user.id);
    expect(await texts(chats, id)).toHaveLength(6);
  });

  it('goes for good after the time to undo: no file holds a trace, backups included, and the data is sound', async () => {
    fakeClock();
    const { chats, id, second } = await aTree();
    await chats.storage.api.backup(undefined, uncancelled);
    await remove(chats, id, second.user.id);
    await vi.advanceTimersByTimeAsync(10_000);
    await restore(chats, id, second.user.id);
    await remove(chats, id, second.user.id);
    await vi.advanceTimersByTimeAsync(12_000);
    await expect(restore(chats, id, second.user.id)).rejects.toMatchObject({ code: 'not_found' });
    vi.useRealTimers();
    await vi.waitFor(() => expect(filesWith(chats.dataDir, secret)).toEqual([]), { timeout: 10_000 });
    expect(await texts(chats, id)).toEqual(['q1', 'a1']);
    const [backup] = (await chats.storage.api.backups(undefined, uncancelled)).backups;
    expect(backup).toMatchObject({ conversations: 1, messages: 2 });
    await chats.storage.api.restore({ id: backup!.id }, uncancelled);
    expect(await texts(chats, id)).toEqual(['q1', 'a1']);
    await chats.close();
    expect(verifyData(chats.dataDir)).toMatchObject({ ok: true });
  });

  it('goes at the end of the app, and after a start where the app was killed before', async () => {
    const one = await aTree();
    await remove(one.chats, one.id, one.second.user.id);
    await one.chats.close();
    expect(filesWith(one.chats.dataDir, secret)).toEqual([]);

    const two = await aTree();
    await remove(two.chats, two.id, two.second.user.id);
    // Killed: the storage closed, nothing erased.
    await two.chats.storage.close();
    expect(filesWith(two.chats.dataDir, secret)).not.toEqual([]);
    const again = openChats({ dataDir: two.chats.dataDir, now: () => Date.now() + 60_000 });
    await vi.waitFor(() => expect(filesWith(two.chats.dataDir, secret)).toEqual([]), { timeout: 10_000 });
    expect(await texts(again, two.id)).toEqual(['q1', 'a1']);
  });

  it('that began the chat takes the title with it, which was made of its words', async () => {
    const chats = openChats();
    const { id } = await chats.create();
    const { user } = chats.turn(id, `about ${secret}`, 'a');
    expect((await chats.get(id)).title).toBe(`about ${secret}`);
    await remove(chats, id, user.id);
    expect(await texts(chats, id)).toEqual([]);
    await chats.close();
    expect(filesWith(chats.dataDir, secret)).toEqual([]);
    const again = openChats({ dataDir: chats.dataDir });
    expect(await again.get(id)).toMatchObject({ title: 'New chat', leafId: null });
    again.turn(id, 'anew', 'a');
    expect((await again.get(id)).title).toBe('anew');
  });

  it('goes while its answer is being written, and the answer notices without a fuss', async () => {
    fakeClock();
    const { chats, id } = await aTree();
    const { user, answer } = chats.say(id, 'go on');
    const writer = chats.conversations.openAnswer(answer.id);
    await remove(chats, id, user.id);
    await vi.advanceTimersByTimeAsync(12_000);
    writer.append({ text: 'late' });
    await vi.advanceTimersByTimeAsync(200);
    expect(writer.problem).toBeNull();
    expect(chats.storage.status.value.state).toBe('ok');
  });
});
