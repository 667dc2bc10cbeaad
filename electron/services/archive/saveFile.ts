import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { type FileHandle, link, open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { InklingError } from '../../contract/errors.ts';
import { syncFolder } from '../storage/writeFileAtomic.ts';

const blockSize = 1 << 18;

/**
 * Writes chunks as they come into a file that has its name only when it is whole. Returns its size. Throws `conflict`
 * where there is a file already (unless `replace`), and in words of a person why it could not be written.
 */
export async function saveFile(
  path: string,
  chunks: AsyncIterable<string | Uint8Array>,
  options: { readonly replace: boolean; readonly signal: AbortSignal },
): Promise<number> {
  if (!isAbsolute(path))
    throw new InklingError('bad_input', 'Write the whole path of the file, from the root of the disk.');
  const there = () =>
    new InklingError(
      'conflict',
      `There is already a file at ${path}. It was left as it is. Choose another name.`,
    );
  const temporary = join(
    dirname(path),
    `.${basename(path).slice(0, 80)}.${randomBytes(6).toString('hex')}.tmp`,
  );
  try {
    if (existsSync(path)) {
      if ((await stat(path)).isDirectory())
        throw new InklingError('bad_input', `${path} is a folder. Add a name for the file.`);
      if (!options.replace) throw there();
    }
    const file = await open(temporary, 'wx', 0o600);
    try {
      await writeAll(file, chunks, options.signal);
      await file.sync();
    } finally {
      await file.close();
    }
    options.signal.throwIfAborted();
    const { size } = await stat(temporary);
    if (options.replace) await rename(temporary, path);
    else await nameOnce(temporary, path);
    syncFolder(dirname(path));
    return size;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw there();
    throw inWords(error, path);
  } finally {
    await rm(temporary, { force: true });
  }
}

async function writeAll(file: FileHandle, chunks: AsyncIterable<string | Uint8Array>, signal: AbortSignal) {
  let waiting: Uint8Array[] = [];
  let size = 0;
  const flush = async () => {
    if (size > 0) await file.appendFile(Buffer.concat(waiting));
    waiting = [];
    size = 0;
  };
  for await (const chunk of chunks) {
    signal.throwIfAborted();
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    waiting.push(bytes);
    size += bytes.length;
    if (size >= blockSize) await flush();
  }
  await flush();
}

/** Gives a file its name only if nothing has it; where links are not known (exFAT), after a look. */
async function nameOnce(temporary: string, path: string): Promise<void> {
  try {
    await link(temporary, path);
  } catch (error) {
    if (codeOf(error) === 'EEXIST' || existsSync(path)) throw error;
    await rename(temporary, path);
  }
}

const codeOf = (error: unknown): unknown => (error as NodeJS.ErrnoException | null)?.code;

function inWords(error: unknown, path: string): unknown {
  switch (codeOf(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
      if (existsSync(dirname(path)))
        return new InklingError(
          'storage_failed',
          `Files cannot be written to ${dirname(path)}. Choose another place.`,
        );
      return new InklingError('not_found', `There is no folder ${dirname(path)}. Choose another place.`);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new InklingError(
        'storage_failed',
        `Files cannot be written to ${dirname(path)}. Choose another place.`,
      );
    case 'ENOSPC':
    case 'EDQUOT':
      return new InklingError('storage_full', `There is no room left for ${path}. Nothing was written.`);
    case 'ENAMETOOLONG':
      return new InklingError('bad_input', 'This name is too long for a file. Choose a shorter one.');
    default:
      return error;
  }
}
