import { chmodSync, copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { unsealBackup, withBackup } from './backupFile.ts';
import type { Backups } from './backups.ts';
import { toStorageError } from './storageErrors.ts';
import { syncFile, syncFolder } from './writeFileAtomic.ts';

const copyOf = (path: string) => `${path}.restoring`;
const nextOf = (path: string) => `${path}.next`;

/**
 * Puts a verified copy of `backup` (null: nothing, for a fresh start) in the place of the database. What was there is
 * kept: as a backup where it is sound (`close` closed it), else aside under a new name, which is returned.
 * Throws before anything is changed if the backup is not sound.
 */
export function replaceDatabase(options: {
  path: string;
  backups: Backups;
  backup: string | null;
  /** Closes the database; false if it could not be opened in the first place. */
  close: () => boolean;
  now: () => number;
}): { setAside: string | null } {
  const { path, backups, backup, close, now } = options;
  if (backup !== null) prepareNext(backup, path);
  const wasSound = close();
  const aside = `${path}.damaged-${new Date(now()).toISOString().replace(/[:.]/g, '-')}`;
  if (existsSync(path)) {
    // The log first: the next database must never find a log that is not its own.
    if (existsSync(`${path}-wal`)) renameSync(`${path}-wal`, `${aside}-wal`);
    renameSync(path, aside);
  }
  finishReplacing(path);
  if (wasSound && backups.adopt(aside, 'restore')) return { setAside: null };
  return { setAside: existsSync(aside) ? aside : null };
}

/** Ends a replacement that a crash cut in two; to be called before the database is opened. */
export function finishReplacing(path: string): void {
  removeCopy(path);
  const next = nextOf(path);
  if (!existsSync(next)) return;
  if (existsSync(path)) rmSync(next);
  else renameSync(next, path);
  syncFolder(dirname(path));
}

function prepareNext(backup: string, path: string): void {
  const copy = copyOf(path);
  try {
    copyFileSync(backup, copy);
    chmodSync(copy, 0o600);
    withBackup(copy, false, unsealBackup);
    syncFile(copy);
    renameSync(copy, nextOf(path));
  } catch (error) {
    removeCopy(path);
    throw toStorageError(error);
  }
}

function removeCopy(path: string): void {
  for (const end of ['', '-journal', '-wal']) rmSync(copyOf(path) + end, { force: true });
}
