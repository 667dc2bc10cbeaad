import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { filesWith } from '../storage/filesWith.ts';
import { openChats, uncancelled } from './openChats.ts';

const secret = 'Xylophonquarz';
/** A database is large where it is scrubbed beside the running one. */
const sizes = [
  ['small', undefined],
  ['large', 0],
] as const;

function fakeClock() {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
  onTestFinished(() => void vi.useRealTimers());
}

async function chatsWithSecrets(smallBytes?: number) {
  const chats = openChats({ smallBytes });
  const kept = await chats.create('kept');
  chats.turn(kept.id, 'What stays?', 'This stays.');
  const secretChat = await chats.create(`about ${secret}`);
  for (let n = 0; n < 30; n++) {
    chats.turn(kept.id, `filler ${n}`, 'word '.repeat(n * 40));
    chats.turn(secretChat.id, `${secret} ${n}`, `${secret}${n} `.repeat(n * 30));
  }
  chats.rename(secretChat.id, `again ${secret}`);
  return { chats, kept, id: secretChat.id };
}

describe('a removed chat', () => {
  it('is hidden everywhere at once and can be brought back', async () => {
    const { chats, kept, id } = await chatsWithSecrets();
    const before = await chats.messages(id);
    const asked = Date.now();
    const { undoUntil } = await chats.remove(id);
    expect(undoUntil).toBeGreaterThanOrEqual(asked + 10_000);
    expect((await chats.list()).conversations.map((found) => found.id)).toEqual([kept.id]);
    expect((await chats.list()).total).toBe(1);
    expect(await chats.search(secret)).toEqual([]);
    await expect(chats.messages(id)).rejects.toMatchObject({ code: 'not_found' });
    expect(() => chats.say(id, 'hello?')).toThrow(expect.objectContaining({ code: 'not_found' }));

    expect(await chats.restore(id)).toMatchObject({ id, title: `again ${secret}` });
    expect(await chats.messages(id)).toEqual(before);
    expect(await chats.search(secret)).not.toEqual([]);
  });

  it('can be brought back for 10 s; soon after, no file holds a trace of it, backups included', async () => {
    fakeClock();
    const { chats, id } = await chatsWithSecrets();
    await chats.storage.api.backup(undefined, uncancelled);
    expect(filesWith(chats.dataDir, secret).length).toBeGreaterThanOrEqual(2);
    await chats.remove(id);
    await vi.advanceTimersByTimeAsync(10_000);
    await chats.restore(id);
    await chats.remove(id);
    await vi.advanceTimersByTimeAsync(12_000);
    await expect(chats.restore(id)).rejects.toMatchObject({ code: 'not_found' });
    vi.useRealTimers();
    await vi.waitFor(() => expect(filesWith(chats.dataDir, secret)).toEqual([]), { timeout: 10_000 });
    expect((await chats.search('stays')).length).toBeGreaterThan(0);

    const [backup] = (await chats.storage.api.backups(undefined, uncancelled)).backups;
    expect(backup).toMatchObject({ conversations: 1, messages: 62 });
    await chats.storage.api.restore({ id: backup!.id }, uncancelled);
    expect((await chats.list()).total).toBe(1);
  });

  it.each(sizes)(
    'is gone from every file of a %s database when the app ends, without waiting',
    async (_, smallBytes) => {
      const { chats, id } = await chatsWithSecrets(smallBytes);
      await chats.remove(id);
      await chats.close();
      expect(filesWith(chats.dataDir, secret)).toEqual([]);
    },
  );

  it('is gone after the next start where the app was killed before', async () => {
    const { chats, id } = await chatsWithSecrets();
    await chats.remove(id);
    // As a kill leaves it: storage closed, nothing erased.
    await chats.storage.close();
    expect(filesWith(chats.dataDir, secret)).not.toEqual([]);
    const again = openChats({ dataDir: chats.dataDir, now: () => Date.now() + 60_000 });
    await vi.waitFor(() => expect(filesWith(chats.dataDir, secret)).toEqual([]), { timeout: 10_000 });
    await expect(again.restore(id)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('goes while its answer still streams, and the answer notices without a fuss', async () => {
    fakeClock();
    const chats = openChats();
    const { id } = await chats.create();
    const { answer } = chats.say(id, 'go on');
    const writer = chats.conversations.openAnswer(answer.id);
    writer.append({ text: secret });
    await vi.advanceTimersByTimeAsync(200);
    await chats.remove(id);
    await vi.advanceTimersByTimeAsync(12_000);
    writer.append({ text: secret });
    await vi.advanceTimersByTimeAsync(200);
    writer.finish({ state: 'done', endReason: 'complete', stats: null, error: null, leftOut: 0 });
    expect(writer.problem).toBeNull();
    expect(chats.storage.status.value.state).toBe('ok');
    await vi.waitFor(() => expect(filesWith(chats.dataDir, secret)).toEqual([]), { timeout: 10_000 });
  });

  it('leaves no trace in the search index even where its text was damaged', async () => {
    const { chats, id } = await chatsWithSecrets();
    const db = chats.storage.connection();
    // Damage behind SQLite's back: the index keeps the old words.
    db.exec('DROP TRIGGER message_written');
    db.run("UPDATE messages SET text = 'bits rotted here' WHERE conversation_id = ? AND role = 'user'", id);
    await chats.remove(id);
    await chats.close();
    expect(filesWith(chats.dataDir, secret)).toEqual([]);
  });

  it('goes from a large database while others are written, of which nothing is lost', async () => {
    const { chats, kept, id } = await chatsWithSecrets(0);
    chats.storage.connection().run('UPDATE conversations SET removed_at = 1 WHERE id = ?', id);
    const erased = chats.storage.erase({ conversations: [id] });
    for (let n = 0; n < 20; n++) {
      chats.turn(kept.id, `meanwhile ${n}`, 'answer');
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await erased;
    await chats.storage.erase({});
    expect(filesWith(chats.dataDir, secret)).toEqual([]);
    expect(filesWith(chats.dataDir, 'meanwhile 19')).not.toEqual([]);
    expect(await chats.search('meanwhile')).not.toEqual([]);
    chats.turn(kept.id, 'and after', 'answer');
    await chats.close();
    const again = openChats({ dataDir: chats.dataDir });
    expect((await again.messages(kept.id, 2000)).messages).toHaveLength(62 + 42);
  });

  it.each(sizes)(
    'leaves no trace in a %s database over many rounds of writing and removing',
    async (_, smallBytes) => {
      const rounds = smallBytes === 0 ? 4 : 12;
      const chats = openChats({ smallBytes });
      const kept = await chats.create('kept');
      for (let round = 0; round < rounds; round++) {
        const ids: string[] = [];
        for (let n = 0; n < 5; n++) {
          const { id } = await chats.create();
          ids.push(id);
          for (let m = 0; m < 6; m++) {
            chats.turn(
              id,
              `${secret} ${'x'.repeat((n * 977 + m * 313) % 3000)}`,
              `${secret}-${n}-${m} `.repeat((m * 89) % 500),
            );
            chats.turn(kept.id, `kept ${m}`, 'y'.repeat((n * 631 + m * 97) % 2500));
          }
        }
        for (const id of ids)
          chats.storage.connection().run('UPDATE conversations SET removed_at = 1 WHERE id = ?', id);
        await chats.storage.erase({ conversations: ids });
        expect(filesWith(chats.dataDir, secret), `round ${round}`).toEqual([]);
      }
      expect((await chats.messages(kept.id, 2000)).messages).toHaveLength(rounds * 5 * 6 * 2);
    },
  );
});
