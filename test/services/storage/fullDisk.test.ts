import { describe, expect, it, vi } from 'vitest';
import { openSettings } from '../../../electron/services/settings/openSettings.ts';
import { fill, mayMount, mount, smallDisk } from '../../smallDisk.ts';
import { openChats, uncancelled, wellDone } from '../conversations/openChats.ts';

describe.skipIf(!mayMount)('on a full disk (needs the right to mount one)', () => {
  it('an answer goes on in memory, the status tells, and saving resumes without a gap', async () => {
    const disk = smallDisk(4)!;
    const chats = openChats({ dataDir: disk });
    const { id } = await chats.create();
    const { answer } = chats.say(id, 'Tell me a long story');
    const writer = chats.conversations.openAnswer(answer.id);
    const problems: (string | null)[] = [];
    writer.onProblem((problem) => problems.push(problem?.code ?? null));
    let told = '';
    const tell = (piece: string) => {
      told += piece;
      writer.append({ text: piece });
    };
    tell('Once upon a time. ');
    await vi.waitFor(() => expect(chats.storage.connection().get('SELECT 1 FROM chunks')).toBeDefined());

    const makeRoom = fill(disk);
    for (let n = 0; n < 40; n++) tell(`${n} `.repeat(500));
    await vi.waitFor(() => expect(chats.storage.status.value.state).toBe('failing'));
    expect(chats.storage.status.value.problem).toMatchObject({ code: 'storage_full' });
    expect(chats.storage.status.value.problem?.message).toContain('disk is full');
    expect(problems).toEqual(['storage_full']);
    tell('Still going. ');
    const whole = async () => (await chats.messages(id)).messages.at(-1)!;
    expect(await whole()).toMatchObject({ state: 'streaming', text: told });
    expect(() => chats.say(id, 'x'.repeat(100_000))).toThrow(
      expect.objectContaining({ code: 'storage_full' }),
    );
    expect(() =>
      openSettings({ dataDir: disk }).api.set({ systemPrompt: 'x'.repeat(50_000) }, uncancelled),
    ).toThrow(expect.objectContaining({ code: 'storage_full' }));

    makeRoom();
    await vi.waitFor(() => expect(chats.storage.status.value.state).toBe('ok'), { timeout: 5000 });
    expect(problems).toEqual(['storage_full', null]);
    tell('The end.');
    writer.finish(wellDone);
    await chats.close();
    const again = openChats({ dataDir: disk });
    expect((await again.messages(id)).messages.at(-1)).toMatchObject({
      state: 'done',
      text: told,
      damaged: false,
    });
  });

  it('an answer that ends meanwhile is kept as ended, and saved when there is room', async () => {
    const disk = smallDisk(4)!;
    const chats = openChats({ dataDir: disk });
    const { id } = await chats.create();
    const { answer } = chats.say(id, 'Tell me');
    const writer = chats.conversations.openAnswer(answer.id);
    const makeRoom = fill(disk);
    const text = 'words '.repeat(20_000);
    writer.append({ text });
    writer.finish(wellDone);
    expect(writer.problem).toMatchObject({ code: 'storage_full' });
    expect((await chats.messages(id)).messages.at(-1)).toMatchObject({ state: 'done', text });
    makeRoom();
    await vi.waitFor(() => expect(writer.problem).toBeNull(), { timeout: 5000 });
    expect(chats.storage.status.value.state).toBe('ok');
    // A crash now loses nothing: another look at the file must find all of it.
    expect(
      chats.storage.connection().get('SELECT state, text FROM messages WHERE id = ?', answer.id),
    ).toEqual({
      state: 'done',
      text,
    });
  });

  it('a backup fails with words and leaves nothing half-made', async () => {
    const disk = smallDisk(4)!;
    const chats = openChats({ dataDir: disk });
    const { id } = await chats.create();
    chats.turn(id, 'a', 'b'.repeat(1_000_000));
    const makeRoom = fill(disk);
    await expect(chats.storage.api.backup(undefined, uncancelled)).rejects.toMatchObject({
      code: 'storage_full',
    });
    expect(await chats.storage.api.backups(undefined, uncancelled)).toEqual({ backups: [] });
    makeRoom();
    expect(await chats.storage.api.backup(undefined, uncancelled)).toMatchObject({ messages: 2 });
  });

  it('a first start waits until it can make its file', async () => {
    const disk = smallDisk(1)!;
    const makeRoom = fill(disk);
    const chats = openChats({ dataDir: disk });
    expect(chats.storage.status.value).toMatchObject({ state: 'failing', problem: { code: 'storage_full' } });
    await expect(chats.create()).rejects.toMatchObject({ code: 'storage_full' });
    makeRoom();
    await vi.waitFor(() => expect(chats.storage.status.value.state).toBe('ok'), { timeout: 5000 });
    expect(await chats.create('at last')).toMatchObject({ title: 'at last' });
  });

  it('a removed chat is erased as soon as there is room', async () => {
    const disk = smallDisk(8)!;
    const chats = openChats({ dataDir: disk });
    const { id } = await chats.create();
    chats.turn(id, 'a', 'secret '.repeat(200_000));
    chats.storage.connection().run('UPDATE conversations SET removed_at = 1 WHERE id = ?', id);
    const makeRoom = fill(disk);
    chats.conversations.recover();
    await vi.waitFor(() => expect(chats.storage.status.value.state).toBe('failing'));
    makeRoom();
    await vi.waitFor(() => expect(chats.storage.status.value.state).toBe('ok'), { timeout: 5000 });
    const { storage } = chats;
    expect(
      storage.connection().get('SELECT 1 FROM conversations UNION SELECT 1 FROM chores'),
    ).toBeUndefined();
  });
});

describe.skipIf(!mayMount)('on a disk that became read-only (needs the right to mount one)', () => {
  it('reading goes on, writing is told, and saving resumes', async () => {
    const disk = smallDisk(8)!;
    const chats = openChats({ dataDir: disk });
    const { id } = await chats.create('readable');
    const { answer } = chats.say(id, 'Go on');
    const writer = chats.conversations.openAnswer(answer.id);
    // Files that are open for writing keep a disk from becoming read-only, so it starts over from a closed one.
    writer.append({ text: 'begun ' });
    await chats.close();
    expect(mount('-o', 'remount,ro', disk)).toBe(true);
    const again = openChats({ dataDir: disk });
    expect(again.storage.status.value).toMatchObject({
      state: 'failing',
      problem: { code: 'storage_failed' },
    });
    await expect(again.create()).rejects.toMatchObject({ code: 'storage_failed' });
    expect(mount('-o', 'remount,rw', disk)).toBe(true);
    await vi.waitFor(() => expect(again.storage.status.value.state).toBe('ok'), { timeout: 5000 });
    expect((await again.messages(id)).messages.at(-1)).toMatchObject({
      state: 'interrupted',
      text: 'begun ',
    });
  });
});

it('a database that may not grow is told as full and recovers by itself', async () => {
  const chats = openChats();
  const { id } = await chats.create();
  const { answer } = chats.say(id, 'Go on');
  const writer = chats.conversations.openAnswer(answer.id);
  const db = chats.storage.connection();
  const { page_count } = db.get<{ page_count: number }>('PRAGMA page_count')!;
  db.exec(`PRAGMA max_page_count = ${page_count}`);
  const text = 'long '.repeat(20_000);
  writer.append({ text });
  writer.finish(wellDone);
  expect(chats.storage.status.value).toMatchObject({ state: 'failing', problem: { code: 'storage_full' } });
  db.exec('PRAGMA max_page_count = 1000000');
  await vi.waitFor(() => expect(chats.storage.status.value.state).toBe('ok'), { timeout: 5000 });
  expect(db.get('SELECT text FROM messages WHERE id = ?', answer.id)).toEqual({ text });
});

it('a failed write where nobody waits is probed until it works', async () => {
  const chats = openChats();
  const db = chats.storage.connection();
  const { page_count } = db.get<{ page_count: number }>('PRAGMA page_count')!;
  db.exec(`PRAGMA max_page_count = ${page_count}`);
  await expect(chats.create('t'.repeat(100_000))).rejects.toMatchObject({ code: 'storage_full' });
  await new Promise((resolve) => setTimeout(resolve, 1500));
  expect(chats.storage.status.value.state).toBe('failing');
  db.exec('PRAGMA max_page_count = 1000000');
  await vi.waitFor(() => expect(chats.storage.status.value.state).toBe('ok'), { timeout: 5000 });
});
