import { existsSync, renameSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { backup as copyOnline } from 'node:sqlite';
import { InklingError } from '../../contract/errors.ts';
import type { Db } from './db.ts';
import { rebuildIndex } from './eraseRows.ts';
import { runSqlApart } from './runSqlApart.ts';
import { toStorageError } from './storageErrors.ts';
import { syncFolder } from './writeFileAtomic.ts';

// The search index keeps erased words beside a note that they are erased, until its parts are merged.
const merge = `
  INSERT INTO title_search (title_search) VALUES ('optimize');
  INSERT INTO message_search (message_search) VALUES ('optimize');
`;
const pagesAtOnce = 1024;
const copyOf = (path: string) => `${path}.scrubbing`;
const cleanOf = (path: string) => `${path}.scrubbed`;

/** Leaves no byte of erased rows in an open file and its log. It holds up the thread as long as the file is large. */
export function scrubHere(db: Db): void {
  try {
    db.exec(merge);
  } catch (error) {
    if (!isDamaged(error)) throw error;
    db.exec(rebuildIndex);
  }
  // `secure_delete` empties a row where it lies, but not where it lay before SQLite moved it to another page.
  db.exec('VACUUM; PRAGMA wal_checkpoint(TRUNCATE)');
}

/** The same for a file that nobody has open, in a thread of its own. */
export async function scrubFile(path: string): Promise<void> {
  await withNewIndex((index) => runSqlApart(path, ['PRAGMA secure_delete=ON', index, 'VACUUM']));
  await syncApart(path);
}

/**
 * Makes a scrubbed copy of the open database while the app goes on, and calls `swap` to put it in the database's
 * place; false if something was written meanwhile, and nothing was swapped.
 */
export async function scrubBeside(
  db: Db,
  path: string,
  swap: (putInPlace: () => void) => void,
): Promise<boolean> {
  removeCopies(path);
  try {
    const before = changes(db);
    await copyOnline(db.raw, copyOf(path), { rate: pagesAtOnce });
    await withNewIndex((index) => {
      rmSync(cleanOf(path), { force: true });
      return runSqlApart(copyOf(path), [
        'PRAGMA journal_mode=DELETE; PRAGMA synchronous=OFF',
        index,
        "DELETE FROM chores WHERE name = 'scrub'",
        `VACUUM INTO '${cleanOf(path).replaceAll("'", "''")}'`,
      ]);
    });
    await syncApart(cleanOf(path));
    if (changes(db) !== before) return false;
    swap(() => {
      // A log that is left would be taken for that of the new file.
      if (existsSync(`${path}-wal`)) throw new InklingError('storage_failed', 'The log could not be closed.');
      renameSync(cleanOf(path), path);
      syncFolder(dirname(path));
    });
    return true;
  } catch (error) {
    throw toStorageError(error);
  } finally {
    removeCopies(path);
  }
}

/** Removes what a crash left of such copies; only the owner of the folder may. */
export function removeCopies(path: string): void {
  for (const copy of [copyOf(path), cleanOf(path)])
    for (const end of ['', '-journal', '-wal', '-shm']) rmSync(copy + end, { force: true });
}

// To wait for the disk here would take seconds of the thread.
async function syncApart(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

// Where the search index is what is damaged, a new one lets the words go.
async function withNewIndex(work: (index: string) => Promise<unknown>): Promise<void> {
  try {
    await work(merge);
  } catch (error) {
    if (!isDamaged(error)) throw error;
    await work(rebuildIndex);
  }
}

const isDamaged = (error: unknown) => error instanceof InklingError && error.code === 'storage_damaged';
const changes = (db: Db) => db.get<{ n: number }>('SELECT total_changes() AS n')?.n;
