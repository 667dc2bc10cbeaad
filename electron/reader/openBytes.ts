import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { largestFile } from '../contract/attachments.ts';
import { refused } from './limits.ts';

/** Reads a file whole. Only a regular file of a bearable size is read: a pipe would wait for ever, a device never end. */
export async function openBytes(path: string): Promise<Buffer> {
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch((error: unknown) => {
    throw unreadable(error as NodeJS.ErrnoException);
  });
  try {
    const { size, ...info } = await file.stat().then((stat) => ({
      size: stat.size,
      isFile: stat.isFile(),
      isFolder: stat.isDirectory(),
    }));
    if (info.isFolder) throw refused('This is a folder. Attach the files in it.');
    if (!info.isFile) throw refused('This is no ordinary file, so there is nothing in it to read.');
    checkSize(size);
    const bytes = Buffer.alloc(size);
    let read = 0;
    while (read < size) {
      const { bytesRead } = await file.read(bytes, read, size - read, read);
      if (bytesRead === 0) break;
      read += bytesRead;
    }
    return bytes.subarray(0, read);
  } catch (error) {
    throw unreadable(error as NodeJS.ErrnoException);
  } finally {
    await file.close();
  }
}

/** Refuses a file that is too large before a byte of it is read. */
export function checkSize(size: number): void {
  if (size <= largestFile) return;
  const mb = Math.round(size / 1_000_000).toLocaleString('en');
  throw refused(`It has ${mb} MB; files up to ${largestFile / 1_000_000} MB are read. Attach a part of it.`);
}

function unreadable(error: NodeJS.ErrnoException): unknown {
  switch (error.code) {
    case 'ENOENT':
      return refused('There is no such file any more. Choose it again.');
    case 'EACCES':
    case 'EPERM':
      return refused('Your account may not read this file. Change its rights, or copy it elsewhere.');
    case 'EISDIR':
      return refused('This is a folder. Attach the files in it.');
    case 'ENXIO':
      return refused('This is no ordinary file, so there is nothing in it to read.');
    default:
      return error.code?.startsWith('E') && error.syscall
        ? refused(`The disk did not give the file (${error.code}). Copy it elsewhere and try again.`)
        : error;
  }
}
