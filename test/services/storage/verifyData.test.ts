import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { insertAttachment } from '../../../electron/services/attachments/attachmentRows.ts';
import { newestSchema } from '../../../electron/services/storage/migrations.ts';
import { verifyData } from '../../../electron/services/storage/verifyData.ts';
import { openChats, uncancelled } from '../conversations/openChats.ts';
import { tempFolder } from './tempFolder.ts';

async function folder() {
  const chats = openChats();
  const { id } = await chats.create();
  chats.turn(id, 'q1', 'a1');
  const second = chats.turn(id, 'q2', 'a2');
  const read = { kind: 'text', text: 'a file', size: 6, sha256: 'x', remark: null, pages: null } as const;
  insertAttachment(chats.storage.connection(), id, 'a.txt', read, 5);
  await chats.storage.api.backup(undefined, uncancelled);
  await chats.close();
  const change = (sql: string) => {
    const raw = new DatabaseSync(join(chats.dataDir, 'inkling.sqlite'), {
      enableForeignKeyConstraints: false,
    });
    raw.exec(sql);
    raw.close();
  };
  return { dataDir: chats.dataDir, id, second, change };
}

it('a sound folder is told with its numbers', async () => {
  const { dataDir } = await folder();
  expect(verifyData(dataDir)).toEqual({
    ok: true,
    problems: [],
    conversations: 1,
    messages: 4,
    damagedMessages: 0,
    schema: newestSchema,
  });
});

it('a folder without data is fine, and stays empty', () => {
  const dataDir = tempFolder();
  expect(verifyData(dataDir)).toMatchObject({ ok: true, messages: 0, schema: 0 });
  expect(readdirSync(dataDir)).toEqual([]);
});

it('a folder in use is told and not looked into', () => {
  const { dataDir } = openChats();
  expect(verifyData(dataDir)).toMatchObject({
    ok: false,
    problems: [expect.stringContaining('Another Inkling')],
  });
});

it('damage of every kind is named', async () => {
  const { dataDir, id, second, change } = await folder();
  change(`UPDATE conversations SET leaf_id = 'nobody'`);
  change(`UPDATE messages SET text = 'changed' WHERE id = '${second.answer.id}'`);
  change(`INSERT INTO chunks VALUES ('${second.answer.id}', 0, 'x', '', 'wrong')`);
  change(
    `INSERT INTO attachments (id, waiting, created_at, details, text, checksum) VALUES ('a-file', 1, 0, '{}', 'x', 'wrong')`,
  );
  mkdirSync(join(dataDir, 'backups'), { recursive: true });
  writeFileSync(join(dataDir, 'backups', 'odd.sqlite'), 'odd');
  const { ok, problems, damagedMessages } = verifyData(dataDir);
  expect({ ok, damagedMessages }).toEqual({ ok: false, damagedMessages: 1 });
  for (const part of [id, second.answer.id, 'unfinished answer', 'Attached file a-file', 'odd.sqlite'])
    expect(problems.join('\n')).toContain(part);
});

it('a tree that hangs in the air is named', async () => {
  const { dataDir, second, change } = await folder();
  change(`DELETE FROM messages WHERE id = '${second.user.id}'`);
  expect(verifyData(dataDir).problems.join('\n')).toContain(`Message ${second.answer.id} follows a message`);
});

it('a file that is no database is told, and left as it is', async () => {
  const { dataDir } = await folder();
  writeFileSync(join(dataDir, 'inkling.sqlite'), 'x'.repeat(9000));
  const { ok, problems } = verifyData(dataDir);
  expect(ok).toBe(false);
  expect(problems[0]).toContain('not a database');
});
