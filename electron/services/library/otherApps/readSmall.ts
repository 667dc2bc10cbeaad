import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

/** Longest file of another app that is read whole, in bytes. */
const longest = 1024 * 1024;

/** The text of a small regular file; null where there is none, or it is a link, a pipe or far too long. */
export async function readSmall(path: string): Promise<string | null> {
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  try {
    const file = await open(path, flags);
    try {
      const facts = await file.stat();
      return facts.isFile() && facts.size <= longest ? await file.readFile('utf8') : null;
    } finally {
      await file.close();
    }
  } catch {
    return null;
  }
}

/** The same as JSON; null where it is none. */
export async function readSmallJson(path: string): Promise<unknown> {
  try {
    return JSON.parse((await readSmall(path)) ?? 'null');
  } catch {
    return null;
  }
}
