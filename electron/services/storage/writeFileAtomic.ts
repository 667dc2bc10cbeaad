import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readdirSync, renameSync, rmSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * Replaces a file in one step, readable by its owner only: after a crash the old or the new one is there, whole.
 * Throws the file system's error; the old file is then untouched.
 */
export function writeFileAtomic(path: string, data: string | Uint8Array): void {
  const folder = dirname(path);
  const temporary = join(folder, `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`);
  const bytes = typeof data === 'string' ? Buffer.from(data, 'utf8') : data;
  try {
    const file = openSync(temporary, 'wx', 0o600);
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  syncFolder(folder);
}

/** Removes what a kill in the middle of {@link writeFileAtomic} left in a folder; only the owner of the folder may. */
export function removeUnfinished(folder: string): void {
  for (const name of readdirSync(folder))
    if (/^\..+\.[0-9a-f]{12}\.tmp$/.test(name)) rmSync(join(folder, name), { force: true });
}

/** Makes renames and new names in a folder survive a power cut. Windows does this by itself and cannot be asked. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  syncFile(folder);
}

/** Forces the bytes of a file to the disk. Never call it on the open database: closing it here would drop SQLite's lock. */
export function syncFile(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
