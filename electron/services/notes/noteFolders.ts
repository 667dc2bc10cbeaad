import { randomBytes } from 'node:crypto';
import { access, constants, realpath, stat } from 'node:fs/promises';
import { basename, isAbsolute, relative, sep } from 'node:path';
import { InklingError } from '../../contract/errors.ts';
import { expandHome } from '../expandHome.ts';
import type { FollowedFolder } from './notesProcess.ts';

/** What people see as the name of a folder. */
export const nameOfFolder = (path: string) => basename(path) || path;

/**
 * Checks a folder that is to be added, and gives it an id. Throws `bad_input` or `conflict` in words: no folder, not
 * readable, inside another one (its notes would be there twice), or Inkling's own.
 */
export async function checkNewFolder(
  typed: string,
  known: readonly FollowedFolder[],
  dataDir: string,
): Promise<FollowedFolder> {
  const wanted = expandHome(typed);
  if (!isAbsolute(wanted))
    throw refused(`"${wanted}" is no full path`, 'Give the path from the root of the disk.');
  const path = await realpath(wanted).catch(() => {
    throw refused(`There is no folder at ${wanted}`, 'Check the path.');
  });
  const facts = await stat(path);
  if (!facts.isDirectory()) throw refused(`${path} is no folder`, 'Choose the folder that it lies in.');
  await access(path, constants.R_OK | constants.X_OK).catch(() => {
    throw refused(`Inkling may not read ${path}`, 'Change its permissions, or choose another folder.');
  });
  if (isInside(path, dataDir) || isInside(dataDir, path))
    throw refused(
      `${path} and the data of Inkling itself (${dataDir}) lie in one another`,
      'Choose a folder that holds your notes alone.',
    );
  for (const other of known) {
    if (other.path === path) throw new InklingError('conflict', `${path} is here already.`);
    if (isInside(path, other.path) || isInside(other.path, path))
      throw new InklingError(
        'conflict',
        `${path} and ${other.path} lie in one another, so notes would be there twice. Nothing was changed. Remove one, or choose another folder.`,
      );
  }
  return { id: randomBytes(9).toString('base64url'), path };
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === '' || (!isAbsolute(way) && way !== '..' && !way.startsWith(`..${sep}`));
}

const refused = (what: string, next: string) =>
  new InklingError('bad_input', `${what}. Nothing was changed. ${next}`);
