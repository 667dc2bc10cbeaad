import { stat } from 'node:fs/promises';
import { isAbsolute, normalize } from 'node:path';
import { InklingError } from '../../contract/errors.ts';
import { expandHome } from '../expandHome.ts';
import type { AddedSource } from './sources.ts';

/** Looks at what the person wants to add. Throws `bad_input` or `not_found` with what to do instead. */
export async function inspectAdded(typed: string): Promise<AddedSource> {
  const path = expandHome(typed);
  if (!isAbsolute(path))
    throw new InklingError('bad_input', 'Give the whole path, from the root of the disk.');
  const clean = normalize(path).replace(/(.)[/\\]+$/, '$1');
  const facts = await stat(clean).catch((error: NodeJS.ErrnoException) => {
    throw new InklingError('not_found', whyNot(clean, error));
  });
  const source = { path: clean, name: null, app: null, sha256: null };
  if (facts.isDirectory()) return { ...source, kind: 'folder' };
  if (!facts.isFile()) throw new InklingError('bad_input', `${clean} is neither a file nor a folder.`);
  if (!/\.gguf$/i.test(clean)) {
    throw new InklingError(
      'bad_input',
      'Only GGUF files can be used. This file has another ending; nothing was changed.',
    );
  }
  return { ...source, kind: 'file' };
}

function whyNot(path: string, { code }: NodeJS.ErrnoException): string {
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return `There is nothing to read at ${path}. Check the spelling; a disk that was removed has to be connected first.`;
    case 'EACCES':
    case 'EPERM':
      return `Your account may not look at ${path}. Change its permissions, then add it again.`;
    case 'ELOOP':
      return `There is nothing to read at ${path}: its links go round in a circle.`;
    case 'ENAMETOOLONG':
      return 'This path is longer than the system allows.';
    default:
      return `There is nothing to read at ${path}: the disk does not answer. Check it, then add it again.`;
  }
}
