import { constants } from 'node:fs';
import { lstat, open } from 'node:fs/promises';
import { InklingError } from '../../contract/errors.ts';
import type { FilePart } from './jobRows.ts';
import { lookAtFinal } from './partFile.ts';
import { createPrefixHash } from './prefixHash.ts';

/**
 * True if the file is at its final name already: placed by a run before, or exactly what the hub has. Throws
 * `conflict` if something else has that name; it is left alone.
 */
export async function adoptFinal(options: {
  readonly part: FilePart;
  readonly final: string;
  readonly unfinished: string;
  readonly signal: AbortSignal;
  /** Hears how many bytes of a file that was found are checked. */
  readonly onChecked: (bytes: number) => void;
}): Promise<boolean> {
  const { part, final } = options;
  const there = await lookAtFinal(final);
  if (!there) return false;
  if (there.size === part.size) {
    if (part.placed) return true;
    const ours = await lstat(options.unfinished).catch(() => null);
    // Placed just before a crash: both names are the same file.
    if (ours && ours.ino === there.ino && ours.dev === there.dev) return true;
    if (part.sha256 !== null && (await hashFile(options)) === part.sha256) return true;
  }
  throw new InklingError(
    'conflict',
    `There is another file at ${final} already. It was left alone. Move it away, then go on with the download.`,
  );
}

async function hashFile({
  part,
  final,
  signal,
  onChecked,
}: Parameters<typeof adoptFinal>[0]): Promise<string> {
  const handle = await open(final, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  const hash = createPrefixHash(handle, () => onChecked(hash.position));
  const stop = () => void hash.stop();
  signal.addEventListener('abort', stop, { once: true });
  try {
    hash.advance(part.size ?? 0);
    await hash.caughtUp();
    return await hash.digest();
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
    await hash.stop();
    await handle.close();
  }
}
