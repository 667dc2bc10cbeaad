import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { toStorageError } from './storageErrors.ts';

/** Milliseconds to wait for an owner that is just closing. */
const patience = 500;

/** The right to touch a data folder; the operating system takes it back if the process dies. */
export interface FolderLock {
  release(): void;
}

/**
 * Takes the one lock of a data folder before anything else in it is touched. It is an empty SQLite file because
 * SQLite has the only file lock that Node offers on every system, and it must outlive the database file, which
 * a restore replaces. Throws `storage_locked` after half a second if another process has it.
 */
export function lockFolder(dataDir: string): FolderLock {
  const path = join(dataDir, 'inkling.lock');
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    createPrivateFile(path);
    const file = new DatabaseSync(path, { timeout: patience });
    try {
      file.exec('PRAGMA journal_mode=OFF; BEGIN EXCLUSIVE');
    } catch (error) {
      file.close();
      throw error;
    }
    return { release: () => file.close() };
  } catch (error) {
    throw toStorageError(error);
  }
}

/** Makes an empty file only its owner can read; one that exists is not even opened (that could drop SQLite's lock). */
export function createPrivateFile(path: string): void {
  if (existsSync(path)) return;
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'EEXIST') throw error;
  }
}
