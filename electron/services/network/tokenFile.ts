import { closeSync, constants, fchmodSync, fstatSync, openSync, readFileSync, rmSync } from 'node:fs';
import { z } from 'zod';
import { tokenStatus } from '../../contract/network.ts';
import { toStorageError } from '../storage/storageErrors.ts';
import { writeFileAtomic } from '../storage/writeFileAtomic.ts';

/** What is kept of a token: its facts in the open, itself sealed. */
const keptToken = tokenStatus.shape.token.unwrap().extend({ sealed: z.base64() });
export type KeptToken = z.infer<typeof keptToken>;

const longest = 64 * 1024;

/** Reads the file; null where there is none. Throws where something else stands there or it cannot be understood. */
export function readTokenFile(path: string): KeptToken | null {
  // A link planted in its place is not followed, and a pipe is not waited for; Windows has neither flag.
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  let file: number;
  try {
    file = openSync(path, flags);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  try {
    const facts = fstatSync(file);
    if (!facts.isFile() || facts.size > longest) throw new Error('this is no file of Inkling');
    // A backup program may have given it back with wider rights.
    if (process.platform !== 'win32' && (facts.mode & 0o077) !== 0) fchmodSync(file, 0o600);
    return keptToken.parse(JSON.parse(readFileSync(file, 'utf8')));
  } finally {
    closeSync(file);
  }
}

/** Replaces the file in one step, 0600 from its first byte. Throws `storage_full` or `storage_failed`. */
export function writeTokenFile(path: string, token: KeptToken): void {
  try {
    writeFileAtomic(path, JSON.stringify(token));
  } catch (error) {
    throw toStorageError(error);
  }
}

/** Deletes the file, if there is one. Throws `storage_failed`. */
export function deleteTokenFile(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch (error) {
    throw toStorageError(error);
  }
}
