import { chmodSync, existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Backups } from './backups.ts';
import type { Db } from './db.ts';
import { migrate, newestSchema, readSchema } from './migrations.ts';
import { openDatabase } from './openDatabase.ts';
import { adoptReplaced, finishReplacing } from './replaceDatabase.ts';
import { removeCopies } from './scrub.ts';
import { removeUnfinished } from './writeFileAtomic.ts';

/**
 * Opens the database ready for use: private, in its place, whole, and of the newest schema (after a backup, if it was
 * older). Throws what {@link openDatabase} throws; the database is then as it was.
 */
export function prepareDatabase(path: string, backups: Backups, onWrite: (error: unknown) => void): Db {
  makePrivate(path);
  finishReplacing(path);
  removeCopies(path);
  backups.cleanUp();
  adoptReplaced(path, backups);
  const db = openDatabase(path, onWrite);
  try {
    const schema = readSchema(db);
    if (schema > 0 && schema < newestSchema) backups.makeNow(db, 'migration');
    if (schema < newestSchema) migrate(db);
  } catch (error) {
    db.close();
    throw error;
  }
  try {
    // After a crash the log may still hold words that were erased since.
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    removeUnfinished(dirname(path));
  } catch (error) {
    onWrite(error);
  }
  return db;
}

function makePrivate(path: string): void {
  if (process.platform === 'win32') return;
  setMode(dirname(path), 0o700);
  for (const file of [path, `${path}-wal`]) if (existsSync(file)) setMode(file, 0o600);
}

function setMode(path: string, mode: number): void {
  if ((statSync(path).mode & 0o777) !== mode) chmodSync(path, mode);
}
