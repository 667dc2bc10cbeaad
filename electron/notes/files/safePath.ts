import { type BigIntStats, closeSync, constants, fstatSync, lstatSync, mkdirSync, openSync } from 'node:fs';
import { join, sep } from 'node:path';
import { refuseLink, refuseSpecial, toNoteError } from './noteErrors.ts';

/** A folder of notes; `path` is absolute and was freed of links when the folder was opened. */
export interface Root {
  readonly id: string;
  readonly path: string;
}

/** A plain file that was opened for reading; whoever gets it closes `fd`. */
export interface OpenFile {
  readonly fd: number;
  readonly facts: BigIntStats;
  readonly path: string;
}

// Windows has neither; there a link needs special rights, and nothing blocks at opening.
const openFlags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** The absolute path of a note; says nothing about what lies there. */
export const fullPath = (root: Root, notePath: string) => join(root.path, ...notePath.split('/'));

/**
 * Opens a note for reading, if it is a plain file and no folder on its way is a link, neither before nor after the
 * opening. Throws an `InklingError`: `not_found`, `unsupported` or `storage_failed`.
 */
export function openPlain(root: Root, notePath: string): OpenFile {
  const path = fullPath(root, notePath);
  try {
    const before = lookAt(root, notePath);
    const fd = openSync(path, openFlags);
    try {
      const facts = fstatSync(fd, { bigint: true });
      if (!facts.isFile()) throw refuseSpecial(notePath);
      if (placeOf(facts) !== before.at(-1) || lookAt(root, notePath).join() !== before.join())
        throw refuseLink(notePath);
      return { fd, facts, path };
    } catch (error) {
      closeSync(fd);
      throw error;
    }
  } catch (error) {
    throw toNoteError(error, notePath);
  }
}

/** Makes sure that the way to a note that may not exist leads through plain folders; makes missing ones if asked to. */
export function checkFolders(root: Root, notePath: string, make: boolean): void {
  const parts = notePath.split('/').slice(0, -1);
  let path = root.path;
  try {
    for (const part of parts) {
      path = join(path, part);
      const facts = lstatSync(path, { throwIfNoEntry: false });
      if (!facts && !make) return;
      if (!facts) mkdirSync(path);
      else if (facts.isSymbolicLink()) throw refuseLink(notePath);
      else if (!facts.isDirectory()) throw refuseSpecial(notePath);
    }
  } catch (error) {
    throw toNoteError(error, notePath);
  }
}

/** Device and number of each thing on the way to a note, its folder first; throws for a link or anything odd. */
function lookAt(root: Root, notePath: string): string[] {
  const parts = notePath.split('/');
  const places: string[] = [];
  let path = root.path;
  for (const [at, part] of parts.entries()) {
    path += sep + part;
    const facts = lstatSync(path, { bigint: true });
    if (facts.isSymbolicLink()) throw refuseLink(notePath);
    if (at < parts.length - 1 ? !facts.isDirectory() : !facts.isFile()) throw refuseSpecial(notePath);
    places.push(placeOf(facts));
  }
  return places;
}

const placeOf = (facts: BigIntStats) => `${facts.dev}:${facts.ino}`;
