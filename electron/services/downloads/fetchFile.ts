import type { FileHandle } from 'node:fs/promises';
import { assertNever } from '../../base/assertNever.ts';
import { InklingError } from '../../contract/errors.ts';
import type { Network } from '../network/createNetwork.ts';
import { fetchPiece, type PieceEnd } from './fetchPiece.ts';
import type { Journal } from './journal.ts';
import type { Patience } from './patience.ts';
import { addRange, firstGap, lengthOf, type Range } from './ranges.ts';
import { runTeam } from './runTeam.ts';

/** Bytes: stretches asked for at once, and what is written at once. */
const sizes = { piece: 64 << 20, leastPiece: 1 << 20, batch: 2 << 20, leastBatch: 32 << 10 };
const connections = 4;
/** A connection is added every so many ms, unless those there bring this many bytes a second already. */
const growth = { every: 500, enough: 100e6 } as const;

/** Thrown where the bytes so far are of a version that the hub does not have any more. */
export class VersionChanged extends Error {}

/** Everything that fetching a file needs. */
export interface FileFetch {
  readonly network: Network;
  readonly handle: FileHandle;
  readonly size: number;
  readonly journal: Journal;
  readonly patience: Patience;
  readonly signal: AbortSignal;
  /** The version begun, and where to keep it once it is known. */
  readonly etag: () => string | null;
  readonly onEtag: (etag: string) => void;
  /** Where the bytes are; asks the hub anew if the address it gave last is `stale`. */
  readonly address: (stale: URL | null) => Promise<URL>;
  /** Hears of each stretch that is in the file. */
  readonly onWritten: () => void;
  /** The server knows no parts: everything starts over over one connection. Answers what to write to then. */
  readonly restart: () => Promise<{ handle: FileHandle; journal: Journal }>;
}

/** Fetches all that is missing of a file, in parts over several connections. Throws {@link VersionChanged} and what {@link fetchPiece} throws. */
export async function fetchFile(fetch: FileFetch): Promise<void> {
  const whole = await fetchParts(fetch);
  if (whole) await fetchWhole({ ...fetch, ...(await fetch.restart()) });
}

/** Fetches parts until nothing is missing; true if the server knows no parts. */
async function fetchParts(fetch: FileFetch): Promise<boolean> {
  const { size, journal } = fetch;
  const longest = Math.min(sizes.piece, Math.max(sizes.leastPiece, Math.ceil(size / (connections * 2))));
  const stop = new AbortController();
  const signal = AbortSignal.any([fetch.signal, stop.signal]);
  let claimed: Range[] = [];
  let noRanges = false;

  const claim = (): Range | null => {
    const gap = firstGap(claimed.reduce(addRange, journal.written), size, longest);
    if (gap) claimed.push(gap);
    return gap;
  };
  const worker = async () => {
    for (let range = claim(); range && !noRanges; range = claim()) {
      const mine = range;
      const end = await fetchOnce({ ...fetch, signal }, mine, false).finally(() => {
        claimed = claimed.filter((other) => other !== mine);
      });
      if (end !== 'noRanges') continue;
      noRanges = true;
      stop.abort();
    }
  };
  let before = lengthOf(journal.written);
  const well = await runTeam({
    most: connections,
    every: growth.every,
    worker: () =>
      worker().catch((error: unknown) => {
        stop.abort(error);
        throw error;
      }),
    more() {
      const now = lengthOf(journal.written);
      const slow = ((now - before) / growth.every) * 1000 < growth.enough;
      before = now;
      return slow && !signal.aborted;
    },
  });
  fetch.signal.throwIfAborted();
  if (noRanges) return true;
  // The first error stopped the others; theirs are only echoes.
  if (!well) throw stop.signal.reason;
  return false;
}

async function fetchWhole(fetch: FileFetch): Promise<void> {
  while (lengthOf(fetch.journal.written) < fetch.size)
    if ((await fetchOnce(fetch, [0, fetch.size], true)) === 'noRanges')
      throw new InklingError('hub_error', 'The server of the model contradicts itself. Try again later.');
}

/** One request, with its errors judged and waited for; what is missing after it is asked for again. */
async function fetchOnce(fetch: FileFetch, range: Range, whole: boolean): Promise<'again' | 'noRanges'> {
  const { patience, journal } = fetch;
  await patience.ready(fetch.signal);
  try {
    const url = await fetch.address(null);
    const end = await fetchPiece({
      ...fetch,
      url,
      range,
      whole,
      etag: fetch.etag(),
      batch: Math.min(sizes.batch, Math.max(sizes.leastBatch, Math.floor(fetch.size / 400))),
      async wrote(written) {
        const before = lengthOf(journal.written);
        const kept = journal.wrote(written);
        if (lengthOf(journal.written) > before) patience.progress();
        fetch.onWritten();
        await kept;
      },
    });
    return await act(end, fetch, url);
  } catch (error) {
    if (error instanceof VersionChanged) throw error;
    await patience.after(error, fetch.signal);
    return 'again';
  }
}

async function act(end: PieceEnd, fetch: FileFetch, url: URL): Promise<'again' | 'noRanges'> {
  switch (end.kind) {
    case 'done':
      return 'again';
    case 'noRanges':
      return 'noRanges';
    case 'changed':
      throw new VersionChanged();
    case 'expired': {
      await fetch.address(url);
      // Counted as a try: an address that is refused at once, again and again, must come to an end.
      throw new InklingError(
        'hub_error',
        'The server of the model refuses the address that the hub gave. What was fetched is kept; try again later.',
      );
    }
    case 'nonsense':
      throw new InklingError(
        'hub_error',
        `The server of the model cannot be trusted: ${end.reason}. Nothing of that was kept; try again later.`,
      );
    default:
      return assertNever(end);
  }
}
