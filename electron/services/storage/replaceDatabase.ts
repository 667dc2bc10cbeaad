import { chmodSync, copyFileSync, existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { unsealBackup, withBackup } from './backupFile.ts';
import type { Backups } from './backups.ts';
import { toStorageError } from './storageErrors.ts';
import { syncFile, syncFolder } from './writeFileAtomic.ts';

/** In the names of what was put aside: it is damaged, or sound and soon a backup. */
const damaged = '.damaged-';
const replaced = '.replaced-';
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
  const stamp = new Date(now()).toISOString().replace(/[:.]/g, '-');
  const aside = `${path}${wasSound ? replaced : damaged}${stamp}`;
  if (existsSync(path)) {
    // The log first: the next database must never find a log that is not its own.
    if (existsSync(`${path}-wal`)) renameSync(`${path}-wal`, `${aside}-wal`);
    renameSync(path, aside);
  }
  finishReplacing(path);
  return { setAside: wasSound ? keepReplaced(aside, backups) : existsSync(aside) ? aside : null };
}

/**
 * Ends a replacement that a crash cut in two: the old database goes on, or the new one is put in its place. To be
 * called before the database is opened.
 */
export function finishReplacing(path: string): void {
  removeCopy(path);
  for (const name of asideOf(path, '-wal')) {
    const log = join(dirname(path), name);
    // Only the log had been moved: without it the database would lose what was written last.
    if (!existsSync(log.slice(0, -'-wal'.length)) && existsSync(path) && !existsSync(`${path}-wal`))
      renameSync(log, `${path}-wal`);
  }
  const next = nextOf(path);
  if (!existsSync(next)) return;
  if (existsSync(path)) rmSync(next);
  else renameSync(next, path);
  syncFolder(dirname(path));
}

/** Makes backups of the sound databases that a crash left beside the one that took their place. */
export function adoptReplaced(path: string, backups: Backups): void {
  for (const name of asideOf(path, '')) {
    if (name.startsWith(`${basename(path)}${replaced}`)) keepReplaced(join(dirname(path), name), backups);
  }
}

function keepReplaced(aside: string, backups: Backups): string | null {
  if (!existsSync(aside) || backups.adopt(aside, 'restore')) return null;
  const kept = aside.replace(replaced, damaged);
  renameSync(aside, kept);
  return kept;
}

/** Names of the files that were put aside and end so; those of damaged databases are shown to the person. */
export function asideOf(path: string, end: '' | '-wal'): readonly string[] {
  const starts = [damaged, replaced].map((mark) => `${basename(path)}${mark}`);
  return readdirSync(dirname(path)).filter(
    (name) => starts.some((start) => name.startsWith(start)) && name.endsWith('-wal') === (end === '-wal'),
  );
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
