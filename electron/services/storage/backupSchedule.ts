import { createLock } from '../../base/lock.ts';
import type { Backups } from './backups.ts';
import type { Db } from './db.ts';

const day = 24 * 60 * 60 * 1000;
/** Milliseconds after the start, so that the first screen does not wait for it. */
const firstLook = 5000;
const lookEvery = 60 * 60 * 1000;

/** Makes the daily backup, and lets one piece of work on database files run at a time. */
export interface BackupSchedule {
  /** Runs `work` while no backup, restore or erasure does. */
  alone<T>(work: () => Promise<T> | T): Promise<T>;
  /** Stops looking and waits for what is under way. */
  stop(): Promise<void>;
}

/** Looks soon after the start and every hour whether the newest backup is older than a day; empty data gets none. */
export function createBackupSchedule(options: {
  backups: Backups;
  connection: () => Db | null;
  now: () => number;
  onProblem: (message: string) => void;
}): BackupSchedule {
  const { backups, connection, now, onProblem } = options;
  const lock = createLock();

  const look = () =>
    lock.run(async () => {
      try {
        const db = connection();
        if (!db || db.get('SELECT 1 FROM messages LIMIT 1') === undefined) return;
        const newest = backups.list()[0];
        if (newest && now() - newest.createdAt < day) return;
        await backups.make(db, 'daily');
      } catch (error) {
        onProblem(`The daily backup failed, and is tried again in an hour: ${String(error)}`);
      }
    });
  const soon = setTimeout(look, firstLook).unref();
  const hourly = setInterval(look, lookEvery).unref();

  return {
    alone: (work) => lock.run(async () => work()),
    async stop() {
      clearTimeout(soon);
      clearInterval(hourly);
      await lock.run(async () => {});
    },
  };
}
