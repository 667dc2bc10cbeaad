import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import type { SqlValue } from '../../../electron/base/database.ts';
import { createDb } from '../../../electron/services/storage/db.ts';
import { migrate, newestSchema, steps } from '../../../electron/services/storage/migrations.ts';
import { openChats, uncancelled } from '../conversations/openChats.ts';

/** A folder as the first Inkling left it, with a chat in it. */
async function oldFolder() {
  const chats = openChats();
  const { id } = await chats.create('from before');
  chats.turn(id, 'Which ink lasts?', 'Iron gall ink.');
  await chats.close();
  const path = join(chats.dataDir, 'inkling.sqlite');
  const now = new DatabaseSync(path);
  const rows = (sql: string) => now.prepare(sql).all() as Record<string, SqlValue>[];
  const conversations = rows('SELECT id, title, named, created_at, updated_at, leaf_id FROM conversations');
  const messages = rows(
    'SELECT id, conversation_id, parent_id, role, state, text, thought, created_at, details, checksum FROM messages ORDER BY seq',
  );
  now.close();
  rmSync(path);
  const raw = new DatabaseSync(path);
  raw.exec('PRAGMA journal_mode=WAL');
  const db = createDb(raw);
  migrate(db, steps.slice(0, 1));
  for (const [table, all] of Object.entries({ conversations, messages }))
    for (const row of all) {
      const names = Object.keys(row);
      const sql = `INSERT INTO ${table} (${names.join()}) VALUES (${names.map(() => '?').join()})`;
      db.run(sql, ...Object.values(row));
    }
  db.close();
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
