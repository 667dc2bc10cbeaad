import { constants, copyFileSync, existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { InklingError } from '../../contract/errors.ts';
import { createDb, type Db } from './db.ts';
import { createPrivateFile } from './folderLock.ts';
import { applicationId, newestSchema, readSchema } from './migrations.ts';

/** Earlier ones can lose commits when the write-ahead log starts over. */
const oldestSqlite = '3.51.3';
const tables = ['conversations', 'messages', 'chunks', 'probe'];

/**
 * Opens the database for this process alone and makes sure that it is whole; it writes nothing into an existing one.
 * Throws `storage_locked`, `storage_damaged`, `storage_newer`, `storage_full` or `storage_failed`.
 */
export function openDatabase(path: string, onWrite?: (error: unknown) => void): Db {
  // SQLite would take an emptied file for a new database and delete the log that still holds its content.
  if (sizeOf(path) === 0 && sizeOf(`${path}-wal`) > 0)
    throw new InklingError('storage_damaged', 'The file of the stored chats is empty, but its log is not.');
  createPrivateFile(path);
  const hadLog = sizeOf(`${path}-wal`) > 0;
  const raw = new DatabaseSync(path, { timeout: 500, defensive: true });
  const db = createDb(raw, onWrite);
  try {
    assertSqlite();
    db.exec('PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT');
    assertOurs(db);
    configure(db);
    assertWhole(db);
    return db;
  } catch (error) {
    if (hadLog && isDamage(error)) closeUnchanged(db, path);
    else db.close();
    throw error;
  }
}

/** Closing writes the log into the file; a damaged one has to stay as it is for whoever wants to rescue it. */
function closeUnchanged(db: Db, path: string): void {
  const files = [path, `${path}-wal`].filter((file) => existsSync(file));
  const keep = (file: string) => `${file}.untouched`;
  try {
    for (const file of files) copyFileSync(file, keep(file), constants.COPYFILE_FICLONE);
  } catch {
    // No room for a copy: the log goes into the file, as it would have at any normal end.
    for (const file of files) rmSync(keep(file), { force: true });
  }
  db.close();
  for (const file of files) if (existsSync(keep(file))) renameSync(keep(file), file);
}

const isDamage = (error: unknown) => error instanceof InklingError && error.code === 'storage_damaged';

function configure(db: Db): void {
  db.exec(`
    PRAGMA journal_mode=WAL;
    PRAGMA synchronous=FULL;
    PRAGMA foreign_keys=ON;
    PRAGMA secure_delete=ON;
    PRAGMA trusted_schema=OFF;
    PRAGMA cell_size_check=ON;
    PRAGMA temp_store=MEMORY;
    PRAGMA cache_size=-16000;
    PRAGMA journal_size_limit=4194304;
  `);
  const mode = db.get<{ journal_mode: string }>('PRAGMA journal_mode')?.journal_mode;
  if (mode !== 'wal') throw new InklingError('storage_failed', `SQLite kept the journal mode "${mode}".`);
}

function assertSqlite(): void {
  const version = sqliteVersion();
  if (version.localeCompare(oldestSqlite, 'en', { numeric: true }) < 0)
    throw new InklingError('storage_failed', `Inkling needs SQLite ${oldestSqlite}; this one is ${version}.`);
}

function assertOurs(db: Db): void {
  const schema = readSchema(db);
  const owner = db.get<{ application_id: number }>('PRAGMA application_id')?.application_id;
  const empty = db.get('SELECT 1 FROM sqlite_schema LIMIT 1') === undefined;
  if (!empty && owner !== applicationId)
    throw new InklingError(
      'storage_damaged',
      'The file with the name of the stored chats is not of Inkling.',
    );
  if (schema > newestSchema)
    throw new InklingError(
      'storage_newer',
      `These chats were written by a newer Inkling (schema ${schema}, this one knows ${newestSchema}). Nothing was changed. Install the newer version again to read them.`,
      { schema, newest: newestSchema },
    );
}

function assertWhole(db: Db): void {
  if (readSchema(db) === 0) return;
  for (const table of tables) {
    const problem = quickCheck(db, table);
    if (problem)
      throw new InklingError(
        'storage_damaged',
        'The file of the stored chats is damaged. It was left as it is.',
        { reason: problem },
      );
  }
}

/** What is structurally wrong with a table and its indexes; null if nothing. The search index can be rebuilt and is not asked. */
function quickCheck(db: Db, table: string): string | null {
  const rows = db.all<{ quick_check: string }>(`PRAGMA quick_check('${table}')`);
  const lines = rows.map((row) => row.quick_check);
  return lines[0] === 'ok' ? null : lines.join('; ');
}

/** The version of the SQLite library in use. */
export function sqliteVersion(): string {
  const db = createDb(new DatabaseSync(':memory:'));
  try {
    return db.get<{ version: string }>('SELECT sqlite_version() AS version')?.version ?? 'unknown';
  } finally {
    db.close();
  }
}

function sizeOf(path: string): number {
  return existsSync(path) ? statSync(path).size : 0;
}
