import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { InklingError } from '../../contract/errors.ts';
import { type Backup, backup } from '../../contract/storage.ts';
import { checkDatabase, type DatabaseCheck } from './checkDatabase.ts';
import { createDb, type Db } from './db.ts';
import { newestSchema, readSchema } from './migrations.ts';

/** What a backup says about itself, in a table of its own that goes when it is restored. */
const info = backup.omit({ size: true, schema: true, id: true }).extend({ damaged: z.int() });
export type BackupInfo = z.infer<typeof info>;

/** Opens a backup (or a copy of one) for reading or changing; its journal is the plain kind, so it stays one file. */
export function openBackup(path: string, readOnly: boolean): Db {
  const raw = new DatabaseSync(path, { readOnly, timeout: 500, defensive: true });
  const db = createDb(raw);
  try {
    db.exec(
      'PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON; PRAGMA trusted_schema=OFF; PRAGMA temp_store=MEMORY',
    );
    if (!readOnly) db.exec('PRAGMA journal_mode=DELETE; PRAGMA synchronous=FULL');
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Opens a backup for the time of `use`. */
export function withBackup<T>(path: string, readOnly: boolean, use: (db: Db) => T): T {
  const db = openBackup(path, readOnly);
  try {
    return use(db);
  } finally {
    db.close();
  }
}

/** Writes down in a fresh copy what a look at every row found. Throws `storage_damaged` where the copy is not sound. */
export function sealBackup(
  db: Db,
  check: DatabaseCheck,
  reason: Backup['reason'],
  createdAt: number,
): BackupInfo {
  assertSound(check);
  const { conversations, messages } = check;
  const sealed: BackupInfo = { createdAt, reason, conversations, messages, damaged: check.damaged.length };
  writeInfo(db, sealed);
  return sealed;
}

/** Reads what a backup says about itself. Throws where it is none. */
export function readInfo(db: Db): BackupInfo {
  const row = db.get<{ json: string }>('SELECT json FROM backup_info');
  return info.parse(JSON.parse(row?.json ?? 'null'));
}

/** Replaces what a backup says about itself. */
export function writeInfo(db: Db, sealed: BackupInfo): void {
  db.transaction(() => {
    db.exec('CREATE TABLE IF NOT EXISTS backup_info (json TEXT NOT NULL) STRICT; DELETE FROM backup_info');
    db.run('INSERT INTO backup_info (json) VALUES (?)', JSON.stringify(sealed));
  });
}

/** Makes sure that a backup is what was written then, and makes it a plain database again. Throws before changing it. */
export function unsealBackup(db: Db): void {
  const schema = readSchema(db);
  if (schema > newestSchema)
    throw new InklingError('storage_newer', 'This backup was made by a newer Inkling. Nothing was changed.');
  const check = checkDatabase(db);
  assertSound(check);
  if (check.damaged.length > readInfo(db).damaged)
    throw unsound(`damaged messages: ${check.damaged.join(', ')}`);
  db.exec('DROP TABLE backup_info');
}

function assertSound(check: DatabaseCheck): void {
  if (check.problems.length > 0) throw unsound(check.problems.join('; '));
}

function unsound(reason: string): InklingError {
  return new InklingError(
    'storage_damaged',
    'This backup is itself damaged, so it was not used. Nothing was changed. Try another one.',
    { reason },
  );
}
