import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { backup as copyOnline } from 'node:sqlite';
import type { Backup } from '../../contract/storage.ts';
import { openBackup, readInfo, sealBackup, writeInfo } from './backupFile.ts';
import { count } from './checkDatabase.ts';
import type { Db } from './db.ts';
import { eraseRows } from './eraseRows.ts';
import { createPrivateFile } from './folderLock.ts';
import { readSchema } from './migrations.ts';
import { syncFile, syncFolder } from './writeFileAtomic.ts';

/** How many of each kind are kept; the oldest go first. */
const kept: Record<Backup['reason'], number> = { daily: 7, manual: 10, migration: 3, restore: 3 };
const suffix = '.sqlite';
/** Tries for a copy that begins just while a write is under way. */
const tries = 5;

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
  /** Takes conversations out of every backup. */
  erase(conversationIds: readonly string[]): void;
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
      const db = openBackup(path, true);
      try {
        const { damaged: _, ...sealed } = readInfo(db);
        return { id, size: statSync(path).size, schema: readSchema(db), ...sealed };
      } finally {
        db.close();
      }
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
    const path = join(folder, `.copying-${process.pid}-${now()}.tmp`);
    rmSync(path, { force: true });
    return path;
  };
  const seal = (path: string, reason: Backup['reason']): Backup => {
    const createdAt = now();
    const id = freeId(createdAt, reason);
    const db = openBackup(path, false);
    try {
      const { damaged: _, ...sealed } = sealBackup(db, reason, createdAt);
      db.close();
      chmodSync(path, 0o600);
      syncFile(path);
      renameSync(path, fileOf(id));
      syncFolder(folder);
      const made = inspect(id);
      rotate(reason);
      return made ?? { id, size: statSync(fileOf(id)).size, schema: 0, ...sealed };
    } finally {
      if (db.raw.isOpen) db.close();
    }
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
  const cleanUp = (path: string) => {
    for (const end of ['', '-journal', '-wal']) rmSync(path + end, { force: true });
  };

  return {
    list,
    async make(db, reason) {
      const path = begin();
      try {
        createPrivateFile(path);
        await copy(db, path);
        return seal(path, reason);
      } finally {
        cleanUp(path);
      }
    },
    makeNow(db, reason) {
      const path = begin();
      try {
        createPrivateFile(path);
        db.run('VACUUM INTO ?', path);
        return seal(path, reason);
      } finally {
        cleanUp(path);
      }
    },
    adopt(file, reason) {
      try {
        begin();
        seal(file, reason);
        return true;
      } catch {
        return false;
      }
    },
    pathOf: (id) => (ids().includes(id) ? fileOf(id) : null),
    erase(conversationIds) {
      for (const { id } of list()) {
        const db = openBackup(fileOf(id), false);
        try {
          if (eraseRows(db, conversationIds) === 0) continue;
          const left = { conversations: count(db, 'conversations'), messages: count(db, 'messages') };
          writeInfo(db, { ...readInfo(db), ...left });
        } finally {
          db.close();
        }
      }
    },
  };
}

async function copy(db: Db, path: string): Promise<void> {
  for (let n = 1; ; n++) {
    try {
      await copyOnline(db.raw, path, { rate: 256 });
      return;
    } catch (error) {
      if (n === tries) throw error;
    }
  }
}
