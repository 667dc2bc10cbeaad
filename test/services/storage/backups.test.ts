import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, vi } from 'vitest';
import { createBackups } from '../../../electron/services/storage/backups.ts';
import { newestSchema } from '../../../electron/services/storage/migrations.ts';
import { openChats, uncancelled } from '../conversations/openChats.ts';

const day = 24 * 60 * 60 * 1000;
type Chats = ReturnType<typeof openChats>;

const backup = (chats: Chats) => chats.storage.api.backup(undefined, uncancelled);
const restore = async (chats: Chats, id: string) => chats.storage.api.restore({ id }, uncancelled);
const list = async (chats: Chats) => (await chats.storage.api.backups(undefined, uncancelled)).backups;
const titles = async (chats: Chats) => (await chats.list()).conversations.map(({ title }) => title);

async function chatsWith(title: string, options: Parameters<typeof openChats>[0] = {}) {
  const chats = openChats(options);
  const { id } = await chats.create(title);
  const { user, answer } = chats.turn(id, `asked in ${title}`, `answered in ${title}`);
  return { chats, id, user, answer };
}

function corrupt(path: string, word: string): void {
  const bytes = readFileSync(path);
  const at = bytes.indexOf(word);
  expect(at).toBeGreaterThan(0);
  bytes.write('X', at);
  writeFileSync(path, bytes);
}

describe('backups', () => {
  it('are made while the app writes, verified, and listed with what they hold', async () => {
    const { chats, id } = await chatsWith('one');
    const making = backup(chats);
    for (let n = 0; n < 20; n++) chats.turn(id, `meanwhile ${n}`, 'yes');
    const made = await making;
    expect(made).toMatchObject({ reason: 'manual', schema: newestSchema, conversations: 1 });
    expect(made.messages).toBeGreaterThanOrEqual(2);
    expect(made.size).toBeGreaterThan(4096);
    expect(await list(chats)).toEqual([made]);
    expect(readdirSync(join(chats.dataDir, 'backups'))).toEqual([`${made.id}.sqlite`]);
  });

  it('bring back what was there, keep what they replace, and tell every window', async () => {
    const { chats, id, answer } = await chatsWith('old');
    const old = await backup(chats);
    await chats.create('newer');
    const stop = new AbortController();
    const changes = chats.conversations.api.watch(undefined, { signal: stop.signal })[Symbol.asyncIterator]();
    const next = changes.next();
    await restore(chats, old.id);
    expect((await next).value).toEqual({ type: 'reset' });
    stop.abort();

    expect(await titles(chats)).toEqual(['old']);
    expect((await chats.messages(id)).messages.at(-1)).toMatchObject({
      id: answer.id,
      text: 'answered in old',
    });
    expect((await chats.search('answered')).map((hit) => hit.messageId)).toEqual([answer.id]);
    chats.turn(id, 'writable?', 'yes');

    const kept = (await list(chats)).find(({ reason }) => reason === 'restore');
    expect(kept).toMatchObject({ conversations: 2, messages: 2 });
    await restore(chats, kept!.id);
    expect(await titles(chats)).toEqual(['newer', 'old']);
    await chats.close();
    expect(await titles(openChats({ dataDir: chats.dataDir }))).toEqual(['newer', 'old']);
  });

  it('rescue a damaged database, which is set aside', async () => {
    const { chats } = await chatsWith('rescued');
    const made = await backup(chats);
    await chats.close();
    const path = join(chats.dataDir, 'inkling.sqlite');
    writeFileSync(path, 'not a database at all, by no means');
    const again = openChats({ dataDir: chats.dataDir });
    expect(again.storage.status.value.state).toBe('damaged');
    await restore(again, made.id);
    expect(await titles(again)).toEqual(['rescued']);
    expect(readFileSync(again.storage.status.value.setAside!, 'utf8')).toContain('by no means');
  });

  it('that were damaged since are refused, and nothing changes', async () => {
    const { chats } = await chatsWith('sound');
    const made = await backup(chats);
    await chats.create('after');
    corrupt(join(chats.dataDir, 'backups', `${made.id}.sqlite`), 'answered in sound');
    await expect(restore(chats, made.id)).rejects.toMatchObject({ code: 'storage_damaged' });
    expect(await titles(chats)).toEqual(['after', 'sound']);
    expect((await list(chats)).map(({ reason }) => reason)).toEqual(['manual']);
    expect(readdirSync(chats.dataDir).filter((name) => /restoring|next/.test(name))).toEqual([]);
  });

  it('of a newer Inkling, or with a name that leads elsewhere, are refused', async () => {
    const { chats } = await chatsWith('here');
    const made = await backup(chats);
    const raw = new DatabaseSync(join(chats.dataDir, 'backups', `${made.id}.sqlite`));
    raw.exec('PRAGMA user_version = 99');
    raw.close();
    await expect(restore(chats, made.id)).rejects.toMatchObject({ code: 'storage_newer' });
    await expect(restore(chats, 'no-such-backup')).rejects.toMatchObject({ code: 'not_found' });
    expect(await titles(chats)).toEqual(['here']);
  });

  it('hold damage that was there before without being refused for it', async () => {
    const { chats, id } = await chatsWith('scarred');
    chats.storage.connection().run("UPDATE messages SET thought = 'changed' WHERE role = 'assistant'");
    const made = await backup(chats);
    await restore(chats, made.id);
    expect((await chats.messages(id)).messages.map(({ damaged }) => damaged)).toEqual([false, true]);
  });

  it('are made at once before a migration, private and verified like all', async () => {
    const { chats } = await chatsWith('before');
    const made = createBackups(chats.dataDir, Date.now).makeNow(chats.storage.connection(), 'migration');
    expect(made).toMatchObject({ reason: 'migration', conversations: 1, messages: 2 });
    expect(statSync(join(chats.dataDir, 'backups', `${made.id}.sqlite`)).mode & 0o777).toBe(0o600);
    await chats.create('after');
    await restore(chats, made.id);
    expect(await titles(chats)).toEqual(['before']);
  });

  it('are kept up to a number of each kind, the newest ones', async () => {
    let time = Date.now();
    const { chats } = await chatsWith('many', { now: () => time });
    const backups = createBackups(chats.dataDir, () => time);
    for (let n = 0; n < 9; n++) {
      time += day;
      await backups.make(chats.storage.connection(), 'daily');
    }
    time += 1;
    const manual = await backups.make(chats.storage.connection(), 'manual');
    const kept = backups.list();
    expect(kept.map(({ reason }) => reason)).toEqual(['manual', ...Array(7).fill('daily')]);
    expect(kept[0]!.id).toBe(manual.id);
    expect(kept[1]!.createdAt).toBe(time - 1);
  });
});

describe('the daily backup', () => {
  async function lookAfter(chats: Chats, milliseconds: number) {
    await vi.advanceTimersByTimeAsync(milliseconds);
    vi.useRealTimers();
    // A manual one waits for its turn: then the daily one is done.
    await chats.storage.api.backup(undefined, uncancelled);
    return (await list(chats)).filter(({ reason }) => reason === 'daily').length;
  }
  const fakeTimers = () =>
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });

  it('is made soon after the start where there is something to keep', async () => {
    const { chats } = await chatsWith('kept');
    await chats.close();
    fakeTimers();
    expect(await lookAfter(openChats({ dataDir: chats.dataDir }), 6000)).toBe(1);
  });

  it('is not made of nothing, nor twice in a day, but again the day after', async () => {
    fakeTimers();
    expect(await lookAfter(openChats(), 6000)).toBe(0);

    let time = Date.now();
    const { chats } = await chatsWith('days', { now: () => time });
    await createBackups(chats.dataDir, () => time).make(chats.storage.connection(), 'daily');
    await chats.close();
    for (const [later, expected] of [
      [day / 2, 1],
      [day, 2],
    ] as const) {
      time += later;
      fakeTimers();
      const again = openChats({ dataDir: chats.dataDir, now: () => time });
      const made = vi.advanceTimersByTimeAsync(6000);
      await made;
      vi.useRealTimers();
      await again.close();
      const reasons = createBackups(chats.dataDir, () => time)
        .list()
        .map(({ reason }) => reason);
      expect(reasons).toEqual(Array(expected).fill('daily'));
    }
  });
});
