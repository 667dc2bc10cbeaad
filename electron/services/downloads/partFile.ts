import { randomBytes } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import { type FileHandle, link, lstat, open, rename, rm, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { InklingError } from '../../contract/errors.ts';
import { syncFolder } from '../storage/writeFileAtomic.ts';

/** Windows has no such flag, and makes links only for people with the right to. */
const noFollow = constants.O_NOFOLLOW ?? 0;
const { O_RDWR, O_CREAT, O_EXCL } = constants;

/** A name for an unfinished file that nobody can foresee. */
export const newPartId = () => randomBytes(9).toString('hex');

/** Where the unfinished file of a part lies: beside its final place, hidden from the library. */
export const partPath = (folder: string, partId: string) => join(folder, `.${partId}.part`);

/** True for names that {@link partPath} makes. */
export const isPartName = (name: string) => /^\.[0-9a-f]{18}\.part$/.test(name);

/** Opens the unfinished file again if it is the one we made and holds at least `bytes`; null (and it is gone) if not. */
export async function reopenPart(path: string, bytes: number): Promise<FileHandle | null> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, O_RDWR | noFollow);
    const facts = await handle.stat();
    if (facts.isFile() && facts.nlink === 1 && facts.size >= bytes) return handle;
  } catch (error) {
    if (!isCode(error, 'ENOENT', 'ELOOP', 'EISDIR', 'ENXIO')) throw error;
  }
  await handle?.close();
  await rm(path, { force: true, recursive: false }).catch(() => {});
  return null;
}

/** Makes a new unfinished file, ours alone; a link planted in its place is not followed. */
export function createPart(path: string): Promise<FileHandle> {
  return open(path, O_RDWR | O_CREAT | O_EXCL | noFollow, 0o600);
}

/** What stands at a final name: nothing, a file, or something that must not be touched. */
export async function lookAtFinal(path: string): Promise<Stats | null> {
  try {
    const facts = await lstat(path);
    if (facts.isFile()) return facts;
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null;
    throw error;
  }
  throw taken(path);
}

/** Gives a verified file its final name without ever replacing another. Throws `conflict` if the name is taken. */
export async function placePart(part: string, final: string, handle: FileHandle): Promise<void> {
  await handle.sync();
  try {
    await link(part, final);
  } catch (error) {
    if (isCode(error, 'EEXIST')) throw taken(final);
    // Disks without links (FAT, some network disks): the look before is the best there is.
    if (!isCode(error, 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EINVAL')) throw error;
    if (await lookAtFinal(final)) throw taken(final);
    await rename(part, final);
  }
  const [placed, ours] = [await lstat(final), await handle.stat()];
  if (!placed.isFile() || placed.ino !== ours.ino || placed.dev !== ours.dev) {
    await rm(final, { force: true });
    throw new InklingError('conflict', `Another program changed ${final} meanwhile, so it was not kept.`);
  }
  syncFolder(dirname(final));
}

/** Removes an unfinished file; a link in its place goes, what it leads to stays. */
export async function removePart(path: string): Promise<void> {
  await rm(path, { force: true });
}

/** Bytes that a disk has room for. */
export async function freeSpace(folder: string): Promise<number> {
  const facts = await statfs(folder);
  return facts.bavail * facts.bsize;
}

const taken = (path: string) =>
  new InklingError(
    'conflict',
    `There is something else at ${path} already. It was left alone. Move it away, then go on with the download.`,
  );

/** True if the system refused with one of these codes. */
export function isCode(error: unknown, ...codes: string[]): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code !== undefined && codes.includes(code);
}
