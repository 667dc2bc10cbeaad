import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { InklingError } from '../../contract/errors.ts';

/** A file read from front to back in small steps, however large it claims to be. */
export interface ByteSource {
  readonly size: number;
  readonly position: number;
  /** The next `count` bytes (at most {@link maxRead}), valid until the next call. */
  read(count: number): Promise<Buffer>;
  /** Like `read`, but they stay the next bytes. */
  peek(count: number): Promise<Buffer>;
  /** Bytes that lie in memory already: {@link take} gives them without waiting. */
  readonly ready: number;
  take(count: number): Buffer;
  skip(count: number): void;
  close(): Promise<void>;
}

/** Thrown where a file ends of which only the beginning is here. */
export class OnlyBeginning extends Error {}

const chunk = 256 * 1024;
/** The most bytes that may be asked for at once. */
export const maxRead = chunk;

const invalid = (message: string) => new InklingError('model_invalid', message);

/**
 * Opens a regular file; a pipe or a device is refused without waiting for it. `wholeSize` says that only its beginning
 * is here. Fails with `model_missing` or `model_invalid`.
 */
export async function openSource(path: string, wholeSize?: number): Promise<ByteSource> {
  // Opening a pipe would wait for a writer; O_NONBLOCK (absent on Windows, as are such files) does not.
  const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);
  const file = await open(path, flags).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new InklingError('model_missing', `There is no file at ${path}.`);
    throw invalid(`The file cannot be opened: ${inWords(error)}.`);
  });
  try {
    const info = await file.stat();
    if (info.isDirectory()) throw invalid('This is a folder, not a model file.');
    if (!info.isFile()) throw invalid('This is a device or a pipe, not a model file.');
    return sourceOf(file, wholeSize ?? info.size, wholeSize !== undefined);
  } catch (error) {
    await file.close();
    throw error;
  }
}

function sourceOf(file: FileHandle, size: number, beginning: boolean): ByteSource {
  let buffer = Buffer.alloc(chunk * 2);
  /** What is in memory: `buffer` from `at` to `end`; the file goes on at `next`. */
  let at = 0;
  let end = 0;
  let next = 0;

  const fill = async (count: number) => {
    buffer.copyWithin(0, at, end);
    end -= at;
    at = 0;
    while (end < count) {
      const { bytesRead } = await file
        .read(buffer, end, Math.min(chunk, buffer.length - end), next)
        .catch((error: NodeJS.ErrnoException) => {
          throw invalid(`The file cannot be read: ${inWords(error)}.`);
        });
      if (bytesRead === 0 && beginning) throw new OnlyBeginning();
      if (bytesRead === 0)
        throw invalid('The file is cut off: it ends within its header. Download it again.');
      end += bytesRead;
      next += bytesRead;
    }
  };
  const take = (count: number) => {
    at += count;
    return buffer.subarray(at - count, at);
  };

  return {
    size,
    get position() {
      return next - (end - at);
    },
    get ready() {
      return end - at;
    },
    take,
    async read(count) {
      if (count > maxRead) throw new Error(`asked for ${count} bytes at once`);
      if (end - at < count) await fill(count);
      return take(count);
    },
    async peek(count) {
      if (end - at < count) await fill(count);
      return buffer.subarray(at, at + count);
    },
    skip(count) {
      const inMemory = Math.min(count, end - at);
      at += inMemory;
      next += count - inMemory;
      if (next > size) throw invalid('The file is cut off: it ends within its header. Download it again.');
    },
    async close() {
      buffer = Buffer.alloc(0);
      await file.close();
    },
  };
}

function inWords(error: NodeJS.ErrnoException): string {
  switch (error.code) {
    case 'EACCES':
    case 'EPERM':
      return 'permission denied';
    case 'ELOOP':
      return 'its links go round in a circle';
    case 'EIO':
      return 'the disk reports an error';
    default:
      return error.message;
  }
}
