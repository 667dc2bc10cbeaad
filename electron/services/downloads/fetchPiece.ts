import type { FileHandle } from 'node:fs/promises';
import { InklingError } from '../../contract/errors.ts';
import { failureOf } from '../hub/askHub.ts';
import type { Answer } from '../network/answer.ts';
import type { Network } from '../network/createNetwork.ts';
import { createPieceWriter } from './pieceWriter.ts';
import type { Range } from './ranges.ts';

/** How often the server of the bytes may send us on. */
const mostHops = 3;

/** How a request for bytes ended. */
export type PieceEnd =
  | { readonly kind: 'done' }
  /** The address is not good any more: ask the hub for another. */
  | { readonly kind: 'expired' }
  /** The server has another version than the one begun. */
  | { readonly kind: 'changed' }
  /** The server sends the whole file, whatever part is asked for. */
  | { readonly kind: 'noRanges' }
  /** An answer that makes no sense; nothing of it was written. */
  | { readonly kind: 'nonsense'; readonly reason: string };

export interface PieceRequest {
  readonly network: Network;
  readonly handle: FileHandle;
  readonly url: URL;
  readonly range: Range;
  readonly size: number;
  /** The version begun; null if the server named none yet. */
  readonly etag: string | null;
  /** Ask for everything, as this server knows no parts. */
  readonly whole: boolean;
  readonly batch: number;
  readonly signal: AbortSignal;
  readonly onEtag: (etag: string) => void;
  readonly wrote: (range: Range) => Promise<void>;
}

/**
 * Fetches one stretch of a file into its place. What arrived before a failure stays and was told to `wrote`.
 * Throws `offline`, `timeout`, `rate_limited`, `hub_error` or what the disk threw.
 */
export async function fetchPiece(request: PieceRequest): Promise<PieceEnd> {
  const answer = await ask(request);
  const judged = judge(answer, request);
  if (judged !== null) {
    answer.discard();
    return judged;
  }
  const etag = answer.header('etag');
  if (request.etag === null && etag !== null) request.onEtag(etag);
  return receive(answer, request);
}

async function ask({ network, url, range, etag, whole, signal }: PieceRequest): Promise<Answer> {
  const headers: Record<string, string> = whole ? {} : { range: `bytes=${range[0]}-${range[1] - 1}` };
  // Weak validators cannot be used for parts; they are compared afterwards.
  if (!whole && etag !== null && !etag.startsWith('W/')) headers['if-range'] = etag;
  let target = url;
  for (let hop = 0; hop <= mostHops; hop++) {
    const answer = await network.get(target, { purpose: 'download', signal, headers });
    if (answer.location === null) return answer;
    answer.discard();
    target = answer.location;
  }
  throw new InklingError('hub_error', 'The server of the model sends the question in a circle.');
}

/** What keeps an answer from being used; null if nothing does. Throws what makes asking again senseless for now. */
function judge(answer: Answer, request: PieceRequest): PieceEnd | null {
  const { status } = answer;
  const etag = answer.header('etag');
  const sameVersion = request.etag === null || etag === null || etag === request.etag;
  if (status === 206 && !request.whole) {
    if (!sameVersion) return { kind: 'changed' };
    return rangeFits(answer, request)
      ? null
      : { kind: 'nonsense', reason: 'it sent another part than the one asked for' };
  }
  if (status === 200) {
    if (!sameVersion) return { kind: 'changed' };
    const length = answer.header('content-length');
    if (length !== null && Number(length) !== request.size) return { kind: 'changed' };
    return request.whole ? null : { kind: 'noRanges' };
  }
  if (status === 416) return { kind: 'expired' };
  if ([400, 401, 403, 404, 410].includes(status)) return { kind: 'expired' };
  if (status === 429 || status >= 500) {
    const error = failureOf(answer, 'the model');
    answer.discard();
    throw error;
  }
  return { kind: 'nonsense', reason: `it answered ${status}` };
}

function rangeFits(answer: Answer, { range, size }: PieceRequest): boolean {
  const match = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(answer.header('content-range') ?? '');
  const [start, last, total] = (match ?? []).slice(1).map(Number);
  if (start !== range[0] || total !== size || last === undefined || last < start || last >= range[1])
    return false;
  const length = answer.header('content-length');
  return length === null || Number(length) === last - start + 1;
}

async function receive(answer: Answer, request: PieceRequest): Promise<PieceEnd> {
  const [start, end] = request.whole ? [0, request.size] : request.range;
  const writer = createPieceWriter({ ...request, start });
  try {
    for await (const chunk of answer.body) {
      if (writer.at + chunk.length > end)
        return { kind: 'nonsense', reason: 'it sent more than was asked for' };
      await writer.add(chunk);
    }
  } finally {
    // Also after an abort or a broken line: what arrived is good.
    await writer.finish();
  }
  return writer.at > start ? { kind: 'done' } : { kind: 'nonsense', reason: 'it sent nothing' };
}
