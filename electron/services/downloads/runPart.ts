import type { FileHandle } from 'node:fs/promises';
import { InklingError } from '../../contract/errors.ts';
import type { Network } from '../network/createNetwork.ts';
import { fetchFile } from './fetchFile.ts';
import type { FilePart } from './jobRows.ts';
import { createJournal, type Journal } from './journal.ts';
import { createPart, newPartId, partPath, removePart, reopenPart } from './partFile.ts';
import type { Patience } from './patience.ts';
import { createPrefixHash, type PrefixHash } from './prefixHash.ts';
import { lengthOf, prefixOf } from './ranges.ts';

/** How one file of a model is fetched. */
export interface PartRun {
  readonly network: Network;
  readonly part: FilePart;
  readonly size: number;
  readonly folder: string;
  readonly patience: Patience;
  readonly signal: AbortSignal;
  readonly address: (stale: URL | null) => Promise<URL>;
  /** Keeps the part as it is now. */
  readonly save: () => void;
  /** Hears how far it is: bytes in the file, and bytes that were checked. */
  readonly onProgress: (written: number, hashed: number) => void;
  /** Everything is fetched; the rest is hashing. */
  readonly onFetched: () => void;
}

/** A file with every byte in it, as far as its hash can tell. Close the handle. */
export interface FetchedPart {
  readonly path: string;
  readonly handle: FileHandle;
  readonly check: 'verified' | 'unverified';
}

/**
 * Fetches what is missing of a file and verifies all of it. Throws `hash_mismatch` (and keeps nothing), and what
 * `fetchFile` throws (and keeps what came).
 */
export async function runPart(run: PartRun): Promise<FetchedPart> {
  const { part } = run;
  let opened = await openPart(run);
  let hash = hashOf(part, opened.handle, () => tell());
  const tell = () => {
    const received = lengthOf(opened.journal.written);
    run.onProgress(received, hash?.position ?? received);
  };
  const told = () => {
    hash?.advance(prefixOf(opened.journal.written));
    tell();
  };
  try {
    told();
    await fetchFile({
      ...run,
      ...opened,
      etag: () => part.etag,
      onEtag(etag) {
        part.etag ??= etag;
      },
      onWritten: told,
      async restart() {
        await hash?.stop();
        await opened.handle.close();
        await discardPart(run);
        opened = await openPart(run);
        hash = hashOf(part, opened.handle, tell);
        return opened;
      },
    });
    run.onFetched();
    // Another part may fail after this one: then it need not be fetched again.
    await opened.journal.flush();
    told();
    await verify(run, opened.handle, hash);
    return {
      path: partPath(run.folder, part.partId),
      handle: opened.handle,
      check: hash ? 'verified' : 'unverified',
    };
  } catch (error) {
    await hash?.stop();
    if (!(error instanceof InklingError) || error.code !== 'hash_mismatch') await settle(opened);
    await opened.handle.close();
    throw error;
  }
}

async function openPart(run: PartRun): Promise<{ handle: FileHandle; journal: Journal }> {
  const { part, folder, size } = run;
  const end = part.done.at(-1)?.[1] ?? 0;
  const again = end > 0 ? await reopenPart(partPath(folder, part.partId), end) : null;
  if (!again) {
    await discardPart(run);
    run.save();
  }
  const handle = again ?? (await createPart(partPath(folder, part.partId)));
  const keep = (safe: FilePart['done']) => {
    part.done = safe;
    run.save();
  };
  return { handle, journal: createJournal({ handle, size, done: part.done, keep }) };
}

/** Removes what was fetched of a part and makes ready for another beginning. */
export async function discardPart({ part, folder }: { part: FilePart; folder: string }): Promise<void> {
  await removePart(partPath(folder, part.partId));
  part.partId = newPartId();
  part.done = [];
  part.etag = null;
  part.host = null;
}

/** Keeps what came before the download stopped; where the disk refuses, the last journal counts. */
async function settle({ journal }: { journal: Journal }): Promise<void> {
  await journal.flush().catch(() => {});
}

function hashOf(part: FilePart, handle: FileHandle, onProgress: () => void): PrefixHash | null {
  return part.sha256 === null ? null : createPrefixHash(handle, onProgress);
}

async function verify(run: PartRun, handle: FileHandle, hash: PrefixHash | null): Promise<void> {
  const { part, size, signal } = run;
  await waitFor(hash, signal);
  const { size: onDisk } = await handle.stat();
  if (onDisk === size && (!hash || (await hash.digest()) === part.sha256)) return;
  await discardPart(run);
  run.save();
  throw new InklingError(
    'hash_mismatch',
    `What arrived of ${part.file} is not what the hub has: its ${hash ? 'SHA-256 differs' : 'size differs'}. Nothing of it was kept. Fetch it again; if that happens twice, something between here and the hub changes it.`,
  );
}

async function waitFor(hash: PrefixHash | null, signal: AbortSignal): Promise<void> {
  const stop = () => void hash?.stop();
  signal.addEventListener('abort', stop, { once: true });
  try {
    await hash?.caughtUp();
    signal.throwIfAborted();
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
