import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { InklingError } from '../../contract/errors.ts';

/** Bytes read at once, and ms between two words about progress. */
const slice = 4 * 1024 * 1024;
const tellEvery = 100;

/** How far the hash of a file is; `sha256` comes with the last event. */
export interface HashProgress {
  readonly read: number;
  readonly sha256: string | null;
}

/**
 * Reads a file from front to back and answers its SHA-256 in hex. Fails with `model_missing`, or `model_invalid` for
 * what is no regular file, cannot be read, or changes meanwhile.
 */
export async function* hashFile(path: string, signal: AbortSignal): AsyncGenerator<HashProgress> {
  // A pipe would wait for a writer; O_NONBLOCK (absent on Windows, as are such files) does not.
  const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);
  const file = await open(path, flags).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new InklingError('model_missing', `There is no file at ${path}.`);
    throw unreadable(error);
  });
  try {
    const before = await file.stat();
    if (!before.isFile()) throw new InklingError('model_invalid', 'This is not a file.');
    const hash = createHash('sha256');
    const buffer = Buffer.allocUnsafe(slice);
    let read = 0;
    let told = performance.now();
    yield { read, sha256: null };
    while (!signal.aborted) {
      const { bytesRead } = await file.read(buffer, 0, slice, read).catch((error: unknown) => {
        throw unreadable(error as NodeJS.ErrnoException);
      });
      if (bytesRead === 0) break;
      hash.update(buffer.subarray(0, bytesRead));
      read += bytesRead;
      if (performance.now() - told < tellEvery) continue;
      told = performance.now();
      yield { read, sha256: null };
    }
    signal.throwIfAborted();
    const after = await file.stat();
    if (read !== before.size || after.size !== before.size || after.mtimeMs !== before.mtimeMs)
      throw new InklingError(
        'model_invalid',
        'The file changed while it was read. Try again once it is whole.',
      );
    yield { read, sha256: hash.digest('hex') };
  } finally {
    await file.close();
  }
}

const unreadable = ({ code, message }: NodeJS.ErrnoException) =>
  new InklingError(
    'model_invalid',
    code === 'EACCES' || code === 'EPERM'
      ? 'Your account may not read this file.'
      : `The file cannot be read: ${code === 'EIO' ? 'the disk reports an error' : message}.`,
  );
