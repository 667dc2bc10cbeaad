import { statSync } from 'node:fs';
import { join } from 'node:path';
import { createTopic, type Topic } from '../../base/topic.ts';
import { InklingError, toFailure } from '../../contract/errors.ts';
import type { AppService } from '../../contract/index.ts';
import type { StorageStatus } from '../../contract/storage.ts';
import { createBackupSchedule } from './backupSchedule.ts';
import { createBackups } from './backups.ts';
import type { Db } from './db.ts';
import { type Erased, eraseAndNote, needsScrub, noteScrubbed } from './eraseRows.ts';
import { type FolderLock, lockFolder } from './folderLock.ts';
import { createHealth } from './health.ts';
import { newestSchema } from './migrations.ts';
import { sqliteVersion } from './openDatabase.ts';
import { prepareDatabase } from './prepareDatabase.ts';
import { replaceDatabase } from './replaceDatabase.ts';
import { scrubBeside, scrubHere } from './scrub.ts';
import { deleteSetAside, listSetAside } from './setAside.ts';
import { isRetryable, toStorageError } from './storageErrors.ts';

/** Time until the next try to scrub a database that was being written. */
const quietMs = 5000;

/** The one owner of the data folder's database. */
export interface Storage {
  readonly status: Topic<StorageStatus>;
  readonly api: Omit<AppService['storage'], 'states' | 'clearStates'>;
  /** The open database. Throws `storage_damaged` (or why else it cannot be opened) while it is not usable. */
  connection(): Db;
  /** Calls back after another database took the place of this one (a restored backup, a fresh start). */
  onReopen(callback: () => void): void;
  versions(): { sqlite: string; schema: number };
  /** Erases every byte of something from the database, its log and every backup; of nothing, what was left to do. */
  erase(erased: Partial<Erased>): Promise<void>;
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
  /** Bytes up to which a database is scrubbed on this thread, which takes some 10 ms for each MB. */
  smallBytes?: number;
}): Storage {
  const { dataDir, now = Date.now, onProblem = () => {}, smallBytes = 4_000_000 } = options;
  const path = join(dataDir, 'inkling.sqlite');
  const backups = createBackups(dataDir, now);
  const status = createTopic<StorageStatus>(fresh(dataDir, null));
  const reopened: (() => void)[] = [];
  const damaged = new Set<string>();
  // One object, as the compiler takes a variable that only closures set for the null it began with.
  const held: { lock: FolderLock | null; db: Db | null; trouble: InklingError | null } = {
    lock: null,
    db: null,
    trouble: null,
  };

  const open = () => {
    try {
      held.lock ??= lockFolder(dataDir);
      held.db = prepareDatabase(path, backups, (error) => health.wrote(error));
      held.trouble = null;
    } catch (thrown) {
      const error = toStorageError(thrown);
      if (!(error instanceof InklingError)) throw error;
      held.trouble = error;
      if (isRetryable(error)) health.wrote(error);
      else if (error.code === 'storage_damaged')
        status.update((was) => ({ ...was, state: 'damaged', problem: toFailure(error) }));
      else throw error;
    }
  };
  const connection = (): Db => {
    if (held.db) return held.db;
    throw held.trouble ?? new InklingError('storage_failed', 'Inkling has closed its data folder.');
  };
  const probe = () => {
    try {
      if (held.db) return probeWriting(held.db);
      open();
      if (!held.db) return;
      health.wrote(null);
      for (const callback of reopened) callback();
    } catch {
      // A failed write was told to `health`; a folder that is another's now is tried again.
    }
  };
  const health = createHealth(status, probe);

  try {
    open();
  } catch (error) {
    held.lock?.release();
    throw error;
  }
  const schedule = createBackupSchedule({ backups, connection: () => held.db, now, onProblem });

  const close = (): boolean => {
    const wasOpen = held.db !== null;
    held.db?.close();
    held.db = null;
    return wasOpen;
  };
  const replaceWith = (backup: string | null) => {
    try {
      const { setAside } = replaceDatabase({ path, backups, backup, close, now });
      damaged.clear();
      status.set(fresh(dataDir, setAside));
    } finally {
      // Also after a failure half-way: then the old database is still in its place.
      if (!held.db) open();
    }
    for (const callback of reopened) callback();
  };

  const scrub = async (): Promise<void> => {
    clearTimeout(scrubLater);
    const db = connection();
    if (!needsScrub(db)) return;
    if (sizeOf(path) <= smallBytes) {
      scrubHere(db);
      return noteScrubbed(db);
    }
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    const done = await scrubBeside(db, path, (putInPlace) => {
      try {
        close();
        putInPlace();
      } finally {
        open();
      }
    });
    // Somebody wrote meanwhile. The next start does it, if no pause comes before.
    if (!done) scrubLater = setTimeout(() => void schedule.alone(scrub).catch(() => {}), quietMs).unref();
  };
  let scrubLater: NodeJS.Timeout | undefined;

  return {
    status,
    connection,
    onReopen: (callback) => reopened.push(callback),
    versions: () => ({ sqlite: sqliteVersion(), schema: newestSchema }),
    erase: ({ conversations = [], branches = [], attachments = [] }) =>
      schedule.alone(async () => {
        const erased = { conversations, branches, attachments };
        try {
          // The database last: what it still holds is erased again after a crash.
          await backups.erase(erased);
          eraseAndNote(connection(), erased);
          await scrub();
        } catch (thrown) {
          const error = toStorageError(thrown);
          health.wrote(error);
          throw error;
        }
      }),
    retry: health.retry,
    foundDamaged(messageId) {
      if (damaged.has(messageId)) return;
      damaged.add(messageId);
      status.update((was) => ({ ...was, damagedMessages: damaged.size }));
    },
    async close() {
      clearTimeout(scrubLater);
      await schedule.stop();
      clearTimeout(scrubLater);
      health.stop();
      close();
      held.lock?.release();
      held.lock = null;
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
      setAside: () => ({ files: listSetAside(path) }),
      deleteSetAside: ({ name }) =>
        schedule.alone(() => {
          deleteSetAside(path, name);
          status.update((was) => (was.setAside?.endsWith(name) ? { ...was, setAside: null } : was));
          return null;
        }),
    },
  };
}

const sizeOf = (path: string) => statSync(path).size;

function fresh(dataDir: string, setAside: string | null): StorageStatus {
  return { state: 'ok', problem: null, setAside, damagedMessages: 0, dataDir };
}

/** Large enough to need room of its own: a full disk often has some bytes left. */
function probeWriting(db: Db): void {
  for (const size of [65_536, 0])
    db.transaction(() => db.run('REPLACE INTO probe (id, data) VALUES (1, zeroblob(?))', size));
}
