import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { backup as copyOnline } from 'node:sqlite';
import { InklingError } from '../../contract/errors.ts';
import type { Backup } from '../../contract/storage.ts';
import { openBackup, readInfo, sealBackup, withBackup, writeInfo } from './backupFile.ts';
import { checkDatabase, checkDatabaseGently, count, type DatabaseCheck } from './checkDatabase.ts';
import type { Db } from './db.ts';
import { type Erased, eraseRows, holdsAny } from './eraseRows.ts';
import { createPrivateFile } from './folderLock.ts';
import { readSchema } from './migrations.ts';
import { scrubFile } from './scrub.ts';
import { toStorageError } from './storageErrors.ts';
import { syncFile, syncFolder } from './writeFileAtomic.ts';

/** How many of each kind are kept; the oldest go first. */
const kept: Record<Backup['reason'], number> = { daily: 7, manual: 10, migration: 3, restore: 3 };
const suffix = '.sqlite';
/** Tries for a copy that begins just while a write is under way. */
const tries = 5;
const pagesAtOnce = 256;
/** How the names of copies begin that are not verified yet. */
const unfinished = '.copying-';

/** The backups of one data folder. */
export interface Backups {
  list(): Backup[];
  /** Copies the open database page by page, without holding up the app, and verifies the copy. */
  make(db: Db, reason: Backup['reason']): Promise<Backup>;
  /** The same at once, for before a migration. */
  makeNow(db: Db, reason: Backup['reason']): Backup;
  /** Takes a closed database file over as a backup; false (and the file stays) where it is not sound. */
  adopt(file: string, reason: Backup['reason']): boolean;
  pathOf(id: string): string | null;
  /** Erases every byte of something from every backup. */
  erase(erased: Erased): Promise<void>;
  /** Removes what a crash left half-made; only the owner of the folder may. */
  cleanUp(): void;
}

/** Manages `backups/` in a data folder. */
export function createBackups(dataDir: string, now: () => number): Backups {
  const folder = join(dataDir, 'backups');
  const fileOf = (id: string) => join(folder, `${id}${suffix}`);
  const ids = () =>
    existsSync(folder)
      ? readdirSync(folder)
          .filter((name) => name.endsWith(suffix) && !name.startsWith('.'))
          .map((name) => name.slice(0, -suffix.length))
      : [];

  const inspect = (id: string): Backup | null => {
    const path = fileOf(id);
    try {
      return withBackup(path, true, (db) => {
        const { damaged: _, ...sealed } = readInfo(db);
        return { id, size: statSync(path).size, schema: readSchema(db), ...sealed };
      });
    } catch {
      // Not a backup, or a broken one: it stays where it is and is not offered.
      return null;
    }
  };
  const list = () =>
    ids()
      .map(inspect)
      .filter((found) => found !== null)
      .sort((a, b) => b.createdAt - a.createdAt);

  const begin = () => {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, `${unfinished}${now()}`);
    createPrivateFile(path);
    return path;
  };
  /** Checks, seals and names a copy; the rest of the work is the same whether the check may pause or not. */
  const finish = (path: string, reason: Backup['reason'], check: DatabaseCheck): Backup => {
    const createdAt = now();
    const id = freeId(createdAt, reason);
    withBackup(path, false, (db) => sealBackup(db, check, reason, createdAt));
    chmodSync(path, 0o600);
    syncFile(path);
    renameSync(path, fileOf(id));
    syncFolder(folder);
    rotate(reason);
    const made = inspect(id);
    if (!made) throw new InklingError('storage_failed', 'The backup could not be read after it was made.');
    return made;
  };
  const freeId = (createdAt: number, reason: Backup['reason']): string => {
    const stamp = new Date(createdAt).toISOString().replace(/[:.]/g, '-');
    for (let n = 1; ; n++) {
      const id = n === 1 ? `${stamp}_${reason}` : `${stamp}_${reason}_${n}`;
      if (!existsSync(fileOf(id))) return id;
    }
  };
  const rotate = (reason: Backup['reason']) => {
    const old = list().filter((backup) => backup.reason === reason);
    for (const { id } of old.slice(kept[reason])) rmSync(fileOf(id), { force: true });
  };
  const cleanUp = () => {
    if (!existsSync(folder)) return;
    for (const name of readdirSync(folder))
      if (name.startsWith(unfinished)) rmSync(join(folder, name), { force: true });
  };

  return {
    list,
    cleanUp,
    async make(db, reason) {
      try {
        const path = begin();
        await copy(db, path);
        const copied = openBackup(path, false);
        const check = await checkDatabaseGently(copied, path).finally(() => copied.close());
        return finish(path, reason, check);
      } catch (error) {
        throw toStorageError(error);
      } finally {
        cleanUp();
      }
    },
    makeNow(db, reason) {
      try {
        const path = begin();
        db.run('VACUUM INTO ?', path);
        return finish(path, reason, withBackup(path, false, checkDatabase));
      } finally {
        cleanUp();
      }
    },
    adopt(file, reason) {
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        finish(file, reason, withBackup(file, false, checkDatabase));
        return true;
      } catch {
        // The file stays, and its place is told to the person as `setAside`.
        return false;
      }
    },
    pathOf: (id) => (ids().includes(id) ? fileOf(id) : null),
    async erase(erased) {
      for (const { id } of list()) {
        if (!withBackup(fileOf(id), true, (db) => holdsAny(db, erased))) continue;
        try {
          // On a copy, so that a crash leaves either the old or the new one, both sound.
          const path = begin();
          await copyFile(fileOf(id), path);
          withBackup(path, false, (db) => {
            eraseRows(db, erased);
            const left = { conversations: count(db, 'conversations'), messages: count(db, 'messages') };
            writeInfo(db, { ...readInfo(db), ...left });
          });
          await scrubFile(path);
          renameSync(path, fileOf(id));
          syncFolder(folder);
        } finally {
          cleanUp();
        }
      }
    },
  };
}

async function copy(db: Db, path: string): Promise<void> {
  for (let n = 1; ; n++) {
    try {
      await copyOnline(db.raw, path, { rate: pagesAtOnce });
      return;
    } catch (error) {
      if (n === tries) throw error;
    }
  }
}
