import { lstat, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { InklingError } from '../../contract/errors.ts';

const shard = /^(.*)-(\d{5})-of-(\d{5})(\.gguf)$/i;
/** Parts a split model may have; more is a name made to hurt. */
const mostParts = 200;
/** Names that mean devices on Windows, whatever their ending. */
const reserved = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$|clock\$)(\.|$)/i;
/** Control characters, what Windows forbids, and marks that turn the direction of text around. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a name must not hold.
const forbidden = /[\u0000-\u001f\u007f-\u009f\\:*?"<>|\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/;

/** Where a file of the hub lies in the models folder, as names of folders and the file. Throws `bad_input` for a name that could harm. */
export function placeOf(repo: string, file: string): readonly string[] {
  const segments = [...repo.split('/'), ...file.split('/')];
  if (segments.length > 5 || !segments.every(isSafe) || !/\.gguf$/i.test(file))
    throw new InklingError(
      'bad_input',
      'This file has a name that Inkling does not write to the disk, so nothing was fetched. Only GGUF files with ordinary names can be downloaded.',
    );
  return segments;
}

function isSafe(name: string): boolean {
  return (
    name !== '' &&
    !name.startsWith('.') &&
    !/[. ]$/.test(name) &&
    !forbidden.test(name) &&
    !reserved.test(name) &&
    name.isWellFormed() &&
    Buffer.byteLength(name) <= 200
  );
}

/** All files of the model that a file belongs to, the one to load first: itself, or the parts of a split one. Throws `bad_input`. */
export function partsOf(file: string): readonly string[] {
  const match = shard.exec(file);
  if (!match) return [file];
  const [, stem = '', , total = '', ending = ''] = match;
  const count = Number(total);
  if (count < 1 || count > mostParts)
    throw new InklingError('bad_input', `A model in ${count} parts cannot be downloaded.`);
  return Array.from(
    { length: count },
    (_, n) => `${stem}-${String(n + 1).padStart(5, '0')}-of-${total}${ending}`,
  );
}

/**
 * Makes the folders of a place one by one and answers the innermost. Throws `conflict` where one is a link or a file,
 * as writing would end somewhere else.
 */
export async function makeFolders(modelsDir: string, place: readonly string[]): Promise<string> {
  await mkdir(modelsDir, { recursive: true, mode: 0o700 });
  let folder = modelsDir;
  for (const name of place.slice(0, -1)) {
    folder = join(folder, name);
    await mkdir(folder, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
    if (!(await lstat(folder)).isDirectory())
      throw new InklingError(
        'conflict',
        `${folder} is a link or a file, so nothing is written through it. Remove it, then try again.`,
      );
  }
  return folder;
}
