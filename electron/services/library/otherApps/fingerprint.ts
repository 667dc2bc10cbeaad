import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open, realpath, stat } from 'node:fs/promises';

const sample = 64 * 1024;

/** Names the very file on disk behind a path, whatever links lead there; null if it is gone. */
export async function identityOf(path: string): Promise<string | null> {
  const facts = await stat(path, { bigint: true }).catch(() => null);
  return facts ? `${facts.dev}:${facts.ino}` : null;
}

/** A hash over the beginning, the middle and the end of a file: different means different files. Null if it cannot be read. */
export async function fingerprintOf(path: string): Promise<string | null> {
  const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);
  try {
    const file = await open(await realpath(path), flags);
    try {
      const { size } = await file.stat();
      const hash = createHash('sha256').update(String(size));
      const buffer = Buffer.alloc(sample);
      for (const at of [0, Math.max(0, Math.floor(size / 2)), Math.max(0, size - sample)]) {
        const { bytesRead } = await file.read(buffer, 0, sample, at);
        hash.update(buffer.subarray(0, bytesRead));
      }
      return hash.digest('hex');
    } finally {
      await file.close();
    }
  } catch {
    return null;
  }
}
