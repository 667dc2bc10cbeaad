import { randomBytes } from 'node:crypto';
import {
  type BigIntStats,
  closeSync,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  linkSync,
  lstatSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/** Names of files that a kill in the middle of a save may leave; they are removed when seen again. */
export const unfinishedName = /^\.inkling-[0-9a-f]{16}\.tmp$/;

interface Old {
  readonly mode: bigint;
  readonly uid: bigint;
  readonly gid: bigint;
}

/**
 * Writes bytes beside `path` and forces them to the disk; `put` then gives them the name in one step. Rights and
 * owner are those of `old`. Returns what the disk says of the new file. Throws the file system's error; nothing but the
 * temporary file was touched until `put`.
 */
export function writeBeside(
  path: string,
  bytes: Buffer,
  old: Old | null,
  put: (temporary: string) => void,
): BigIntStats {
  const temporary = join(dirname(path), `.inkling-${randomBytes(8).toString('hex')}.tmp`);
  let facts: BigIntStats;
  try {
    const fd = openSync(temporary, 'wx', old ? 0o600 : 0o666);
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
      if (old) takeOver(fd, old);
      fsyncSync(fd);
      facts = fstatSync(fd, { bigint: true });
    } finally {
      closeSync(fd);
    }
    put(temporary);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  syncFolder(dirname(path));
  return facts;
}

function takeOver(fd: number, old: Old): void {
  if (process.platform === 'win32') return;
  try {
    fchownSync(fd, Number(old.uid), Number(old.gid));
  } catch {
    // Somebody else's file that we may write: the new one is ours, as with every editor.
  }
  fchmodSync(fd, Number(old.mode & 0o777n));
}

/** Gives a file a name that must be free; both names exist for a moment, never none. Throws EEXIST if it is not. */
export function nameNew(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch (error) {
    if (!cannotLink(error)) throw error;
    // A disk without hard links: the check and the renaming are two steps there.
    if (lstatSync(to, { throwIfNoEntry: false }))
      throw Object.assign(new Error(`${to} exists`), { code: 'EEXIST' });
    renameSync(from, to);
    return;
  }
  rmSync(from);
}

const cannotLink = (error: unknown) =>
  ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EXDEV'].includes(
    String((error as { code?: unknown }).code),
  );

/** Makes new names in a folder survive a power cut. Windows does this by itself and cannot be asked. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const fd = openSync(folder, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
