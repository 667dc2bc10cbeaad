import { existsSync, readFileSync, renameSync } from 'node:fs';
import { toStorageError } from '../storage/storageErrors.ts';
import { writeFileAtomic } from '../storage/writeFileAtomic.ts';

/** Reads a JSON file; null where there is none. One that `parse` throws at is put aside under a name with the time. */
export function readJsonFile<T>(path: string, parse: (value: unknown) => T): T | null {
  if (!existsSync(path)) return null;
  try {
    return parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    try {
      renameSync(path, `${path}.damaged-${new Date().toISOString().replace(/[:.]/g, '-')}`);
    } catch {
      // A disk that does not let us rename does not let us overwrite it either.
    }
    return null;
  }
}

/** Replaces a JSON file in one step. Throws `storage_full` or `storage_failed`; the file is then as it was. */
export function writeJsonFile(path: string, value: unknown): void {
  try {
    writeFileAtomic(path, JSON.stringify(value, null, 1));
  } catch (error) {
    throw toStorageError(error);
  }
}
