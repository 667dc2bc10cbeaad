import { lstat, realpath, rm, rmdir } from 'node:fs/promises';
import { dirname, relative, sep } from 'node:path';
import { InklingError } from '../../contract/errors.ts';
import { toStorageError } from '../storage/storageErrors.ts';
import type { Entry } from './inventory.ts';

/**
 * Deletes all parts of a model of the models folder, and the folders that are empty then; answers the bytes the disk
 * got back. Throws `conflict` for what lies elsewhere, `storage_failed` where the disk does not let go.
 */
export async function deleteModel({ files, root }: Entry, modelsDir: string): Promise<number> {
  if (root.role !== 'own' || !(await liesIn(files.first.path, modelsDir)))
    throw new InklingError(
      'conflict',
      'This file lies outside your models folder, so Inkling does not delete it. You can take it off the list.',
    );
  let freed = 0;
  try {
    // The first part goes first: without it nothing takes the rest for a whole model.
    for (const { path } of files.files) freed += await removeFile(path);
  } catch (error) {
    throw toStorageError(error);
  }
  await removeEmptyFolders(dirname(files.first.path), modelsDir);
  return freed;
}

/** Bytes that the disk gets back; none for a link, or for a file that has another name as well. */
async function removeFile(path: string): Promise<number> {
  const facts = await lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (!facts) return 0;
  await rm(path);
  return facts.isFile() && facts.nlink <= 1 ? facts.size : 0;
}

/** Whether nothing on the way to a file leads out of the folder. */
async function liesIn(path: string, folder: string): Promise<boolean> {
  const [real, home] = await Promise.all([realpath(dirname(path)), realpath(folder)]).catch(() => ['', '']);
  if (!real || !home) return false;
  const way = relative(home, real);
  return way === '' || (!way.startsWith(`..${sep}`) && way !== '..' && !/^([A-Za-z]:|[\\/])/.test(way));
}

async function removeEmptyFolders(folder: string, end: string): Promise<void> {
  for (let at = folder; at !== end && at.startsWith(end + sep); at = dirname(at)) {
    try {
      await rmdir(at);
    } catch {
      return; // Something else lies in it.
    }
  }
}
