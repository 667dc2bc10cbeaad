import { chmodSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createTopic, type Topic } from '../../base/topic.ts';
import { InklingError } from '../../contract/errors.ts';
import type { AppService } from '../../contract/index.ts';
import type { StorageStatus } from '../../contract/storage.ts';
import { createBackupSchedule } from './backupSchedule.ts';
import { createBackups } from './backups.ts';
import type { Db } from './db.ts';
import { eraseRows } from './eraseRows.ts';
import { lockFolder } from './folderLock.ts';
import { createHealth } from './health.ts';
import { migrate, newestSchema, readSchema } from './migrations.ts';
import { openDatabase, sqliteVersion } from './openDatabase.ts';
import { finishReplacing, replaceDatabase } from './replaceDatabase.ts';
import { isRetryable, toStorageError } from './storageErrors.ts';

/** The one owner of the data folder's database. */
export interface Storage {
  readonly status: Topic<StorageStatus>;
  readonly api: AppService['storage'];
  /** The open database. Throws `storage_damaged` (or why else it cannot be opened) while it is not usable. */
  connection(): Db;
  /** Calls back after another database took the place of this one (a restored backup, a fresh start). */
  onReopen(callback: () => void): void;
  versions(): { sqlite: string; schema: number };
  /** Erases conversations from the database, its log and every backup. */
  erase(conversationIds: readonly string[]): Promise<void>;
  /** Runs `task` every second, with the status `failing`, until the returned function is called. */
  retry(task: () => void): () => void;
  /** Counts a message that was found damaged, once. */
  foundDamaged(messageId: string): void;
  close(): Promise<void>;
}

/**
 * Takes the data folder and opens its database. Throws `storage_locked` if another process has it and
 * `storage_newer` if a newer Inkling wrote it; every other trouble shows in `status`, and the app goes on.
 * `onProblem` hears what does not concern saving, like a daily backup that failed.
 */
export function openStorage(options: {
  dataDir: string;
  now?: () => number;
  onProblem?: (message: string) => void;
}): Storage {
  const { dataDir, now = Date.now, onProblem = () => {} } = options;
  const path = join(dataDir, 'inkling.sqlite');
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const lock = lockFolder(dataDir);
  const status = createTopic<StorageStatus>({
    state: 'ok',
    problem: null,
    setAside: null,
    damagedMessages: 0,
    dataDir,
  });
  const backups = createBackups(dataDir, now);
  const reopened: (() => void)[] = [];
  const damaged = new Set<string>();
  let db: Db | null = null;
  let trouble: InklingError | null = null;

  const open = () => {
    try {
      makePrivate(dataDir, path);
      finishReplacing(path);
      db = openDatabase(path, (error) => health.wrote(error));
      const schema = readSchema(db);
      if (schema > 0 && schema < newestSchema) backups.makeNow(db, 'migration');
      if (schema < newestSchema) migrate(db);
      trouble = null;
    } catch (thrown) {
      db?.close();
      db = null;
      const error = toStorageError(thrown);
      if (!(error instanceof InklingError)) throw error;
      trouble = error;
      if (error.code === 'storage_damaged') {
        const { code, message, details } = error;
        status.update((was) => ({ ...was, state: 'damaged', problem: { code, message, details } }));
      } else if (isRetryable(error)) health.wrote(error);
      else throw error;
    }
    if (db) emptyLog(db);
  };
  /** After a crash the log may still hold words that were erased since. */
  const emptyLog = (db: Db) => {
    try {
      db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    } catch (error) {
      health.wrote(error);
    }
  };
  const connection = (): Db => {
    if (db) return db;
    throw trouble ?? new InklingError('storage_failed', 'Inkling is closing its data folder.');
  };
  const probe = () => {
    if (!db) {
      open();
      if (db) {
        health.wrote(null);
        for (const callback of reopened) callback();
      }
      return;
    }
    try {
      // Large enough to need room of its own: a full disk often has some bytes left.
      for (const size of [65_536, 0])
        db.transaction(() => db?.run('REPLACE INTO probe (id, data) VALUES (1, zeroblob(?))', size));
    } catch {
      // Told by the transaction itself.
    }
  };
  const health = createHealth(status, probe);

  try {
    open();
  } catch (error) {
    lock.release();
    throw error;
  }
  const schedule = createBackupSchedule({ backups, connection: () => db, now, onProblem });

  const close = (): boolean => {
    const wasOpen = db !== null;
    db?.close();
    db = null;
    return wasOpen;
  };
  const replaceWith = (backup: string | null) => {
    try {
      const { setAside } = replaceDatabase({ path, backups, backup, close, now });
      damaged.clear();
      status.set({ state: 'ok', problem: null, setAside, damagedMessages: 0, dataDir });
    } finally {
      // Also after a failure half-way: then the old database is still in its place.
      if (!db) open();
    }
    for (const callback of reopened) callback();
  };

  return {
    status,
    connection,
    onReopen: (callback) => reopened.push(callback),
    versions: () => ({ sqlite: sqliteVersion(), schema: newestSchema }),
    erase: (conversationIds) =>
      schedule.alone(() => {
        // The database last: what it still holds is erased again after a crash.
        backups.erase(conversationIds);
        eraseRows(connection(), conversationIds);
        connection().exec('PRAGMA wal_checkpoint(TRUNCATE)');
      }),
    retry: health.retry,
    foundDamaged(messageId) {
      if (damaged.has(messageId)) return;
      damaged.add(messageId);
      status.update((was) => ({ ...was, damagedMessages: damaged.size }));
    },
    async close() {
      await schedule.stop();
      health.stop();
      close();
      lock.release();
    },
    api: {
      watch: (_, { signal }) => status.watch(signal),
      backups: () => ({ backups: backups.list() }),
      backup: () => schedule.alone(() => backups.make(connection(), 'manual')),
      restore: ({ id }) =>
        schedule.alone(() => {
          const backup = backups.pathOf(id);
          if (backup === null) throw new InklingError('not_found', 'This backup is not there any more.');
          replaceWith(backup);
          return null;
        }),
      startFresh: () =>
        schedule.alone(() => {
          if (status.value.state !== 'damaged')
            throw new InklingError(
              'conflict',
              'The stored chats can be read, so there is no need to start anew.',
            );
          replaceWith(null);
          return null;
        }),
    },
  };
}

function makePrivate(dataDir: string, path: string): void {
  if (process.platform === 'win32') return;
  const files = [path, `${path}-wal`].filter((file) => existsSync(file));
  for (const [file, mode] of [[dataDir, 0o700], ...files.map((file) => [file, 0o600] as const)] as const)
    if ((statSync(file).mode & 0o777) !== mode) chmodSync(file, mode);
}
