import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { newestSchema } from '../../../electron/services/storage/migrations.ts';
import { openChats, uncancelled } from '../conversations/openChats.ts';

/** A folder as the first Inkling left it, with a chat in it. */
async function oldFolder() {
  const chats = openChats();
  const { id } = await chats.create('from before');
  chats.turn(id, 'Which ink lasts?', 'Iron gall ink.');
  await chats.close();
  const raw = new DatabaseSync(join(chats.dataDir, 'inkling.sqlite'));
  raw.exec('DROP TABLE downloads; PRAGMA user_version = 1');
  raw.close();
  return { dataDir: chats.dataDir, id };
}

const migrations = async (chats: ReturnType<typeof openChats>) =>
  (await chats.storage.api.backups(undefined, uncancelled)).backups.filter(
    ({ reason }) => reason === 'migration',
  );

it('a folder of an older Inkling is backed up, brought up to date, and loses nothing', async () => {
  const { dataDir, id } = await oldFolder();
  const chats = openChats({ dataDir });
  expect(chats.storage.connection().get('PRAGMA user_version')).toEqual({ user_version: newestSchema });
  expect(chats.storage.connection().all('SELECT * FROM downloads')).toEqual([]);
  expect((await chats.messages(id)).messages.map(({ text }) => text)).toEqual([
    'Which ink lasts?',
    'Iron gall ink.',
  ]);
  const [made, ...others] = await migrations(chats);
  expect(made).toMatchObject({ reason: 'migration', schema: 1, conversations: 1, messages: 2 });
  expect(others).toEqual([]);

  await chats.close();
  expect(await migrations(openChats({ dataDir })), 'once is enough').toHaveLength(1);
});

it('a backup of an older Inkling can be restored, and is brought up to date then', async () => {
  const { dataDir, id } = await oldFolder();
  const chats = openChats({ dataDir });
  const [made] = await migrations(chats);
  await chats.create('newer');
  await chats.storage.api.restore({ id: made!.id }, uncancelled);
  expect((await chats.list()).conversations.map(({ title }) => title)).toEqual(['from before']);
  expect((await chats.messages(id)).messages).toHaveLength(2);
  expect(chats.storage.connection().get('PRAGMA user_version')).toEqual({ user_version: newestSchema });
});

it('a folder of an older Inkling stays as it was where the backup cannot be made', async () => {
  const { dataDir } = await oldFolder();
  writeFileSync(join(dataDir, 'backups'), 'in the way');
  const blocked = openChats({ dataDir });
  expect(blocked.storage.status.value.state).toBe('failing');
  await blocked.close();
  const raw = new DatabaseSync(join(dataDir, 'inkling.sqlite'));
  expect(raw.prepare('PRAGMA user_version').get()).toEqual({ user_version: 1 });
  raw.close();
  rmSync(join(dataDir, 'backups'));
  const chats = openChats({ dataDir });
  expect((await chats.list()).total).toBe(1);
  expect(existsSync(join(dataDir, 'backups'))).toBe(true);
});
