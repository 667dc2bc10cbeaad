import { chmodSync, closeSync, existsSync, mkdirSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { InklingError } from '../../contract/errors.ts';
import { createDb, type Db, toIndexError } from './db.ts';
import { applicationId, schema, schemaVersion, vectorSchema } from './schema.ts';

/** Milliseconds to wait for a process before us that is just ending. */
const patience = 5000;

const wordsFile = (dataDir: string) => join(dataDir, 'notes.sqlite');
const vectorsFile = (dataDir: string) => join(dataDir, 'notes-vectors.sqlite');

/**
 * Opens the index in a data folder for this process alone. One that is damaged, older or somebody else's is made anew:
 * it holds nothing that the notes do not. Throws `storage_locked`, `storage_full` or `storage_failed`.
 */
export function openIndex(dataDir: string): Db {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    return open(dataDir);
  } catch (error) {
    if (!(error instanceof InklingError) || error.code !== 'storage_damaged') throw toIndexError(error);
    removeIndex(dataDir);
    return open(dataDir);
  }
}

/** Removes the files of the index, which nobody may have open. */
export function removeIndex(dataDir: string): void {
  for (const path of [wordsFile(dataDir), vectorsFile(dataDir)]) removeFile(path);
}

function removeFile(path: string): void {
  for (const end of ['', '-wal', '-shm', '-journal']) rmSync(path + end, { force: true });
}

function open(dataDir: string): Db {
  const path = wordsFile(dataDir);
  createPrivate(path);
  createPrivate(vectorsFile(dataDir));
  const raw = new DatabaseSync(path, { timeout: patience, defensive: true });
  const db = createDb(raw);
  try {
    db.exec('PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT');
    if (!isOurs(db)) throw damaged();
    db.run('ATTACH ? AS vectors', vectorsFile(dataDir));
    configure(db);
    create(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function isOurs(db: Db): boolean {
  const empty = db.get('SELECT 1 FROM sqlite_schema LIMIT 1') === undefined;
  const owner = db.get<{ application_id: number }>('PRAGMA application_id')?.application_id;
  const version = db.get<{ user_version: number }>('PRAGMA user_version')?.user_version;
  return empty || (owner === applicationId && version === schemaVersion);
}

function configure(db: Db): void {
  // The index can be made anew: losing its last commits in a power cut costs a moment's work.
  db.exec(`
    PRAGMA journal_mode=WAL;
    PRAGMA synchronous=NORMAL;
    PRAGMA vectors.journal_mode=WAL;
    PRAGMA vectors.synchronous=NORMAL;
    PRAGMA foreign_keys=ON;
    PRAGMA secure_delete=ON;
    PRAGMA vectors.secure_delete=ON;
    PRAGMA trusted_schema=OFF;
    PRAGMA cell_size_check=ON;
    PRAGMA temp_store=MEMORY;
    PRAGMA cache_size=-32000;
    PRAGMA journal_size_limit=4194304;
  `);
}

function create(db: Db): void {
  const has = (place: string) => db.get(`SELECT 1 FROM ${place}.sqlite_schema LIMIT 1`) !== undefined;
  if (!has('main'))
    db.transaction(() =>
      db.exec(`${schema} PRAGMA application_id=${applicationId}; PRAGMA user_version=${schemaVersion};`),
    );
  if (!has('vectors')) db.transaction(() => db.exec(vectorSchema));
}

function createPrivate(path: string): void {
  if (existsSync(path)) {
    if (process.platform !== 'win32') chmodSync(path, 0o600);
    return;
  }
  // A log without its file would be taken for the new file's own.
  removeFile(path);
  closeSync(openSync(path, 'wx', 0o600));
}

const damaged = () => new InklingError('storage_damaged', 'The index was made by another version.');
