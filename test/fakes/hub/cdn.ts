import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HubFile } from './repos.ts';

/** How the server of the bytes misbehaves for one request. */
export type Fault =
  /** Hangs up after so many bytes of this answer. */
  | { readonly kind: 'drop'; readonly after: number }
  | { readonly kind: 'status'; readonly status: number; readonly headers?: Record<string, string> }
  /** Ignores the range: 200 with everything. */
  | { readonly kind: 'whole' }
  | { readonly kind: 'contentRange'; readonly value: string }
  | { readonly kind: 'redirect'; readonly location: string }
  /** Says nothing more after so many bytes, and keeps the connection. */
  | { readonly kind: 'hang'; readonly after: number };

/** One request for bytes. */
export interface RangeRequest {
  /** Counts from 0. */
  readonly n: number;
  readonly path: string;
  readonly start: number;
  readonly end: number;
  readonly headers: IncomingMessage['headers'];
}

/** Bytes written at once: small where time counts, large where speed does. */
const pieces = { slow: 64 * 1024, fast: 1024 * 1024 } as const;

/** Sends a file or a part of it, as fast as `rate` (bytes a second and connection) allows; returns the bytes sent. */
export async function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  file: HubFile,
  options: { readonly fault: Fault | null; readonly rate: number; readonly sent: (bytes: number) => void },
): Promise<void> {
  const { fault } = options;
  const size = file.bytes.length;
  const asked = readRange(request.headers.range, size);
  const ifRange = request.headers['if-range'];
  const whole = !asked || fault?.kind === 'whole' || (ifRange !== undefined && ifRange !== file.etag);
  const { start, end } = whole ? { start: 0, end: size - 1 } : asked;
  if (fault?.kind === 'status') return void response.writeHead(fault.status, fault.headers ?? {}).end();
  if (fault?.kind === 'redirect') return void response.writeHead(302, { location: fault.location }).end();
  if (start >= size && size > 0)
    return void response.writeHead(416, { 'content-range': `bytes */${size}` }).end();
  response.writeHead(whole ? 200 : 206, {
    'content-length': end - start + 1,
    etag: file.etag,
    'accept-ranges': 'bytes',
    ...(whole
      ? {}
      : {
          'content-range': fault?.kind === 'contentRange' ? fault.value : `bytes ${start}-${end}/${size}`,
        }),
  });
  const closed = new Promise((resume) => response.once('close', resume));
  const stopAt = fault?.kind === 'drop' || fault?.kind === 'hang' ? start + fault.after : Infinity;
  const piece = fault ? pieces.slow : Math.max(pieces.slow, Math.min(pieces.fast, options.rate / 100));
  for (let at = start; at <= end; ) {
    const next = Math.min(end + 1, at + piece, Math.max(stopAt, at));
    const began = Date.now();
    if (next > at && !response.write(file.bytes.subarray(at, next)) && !response.destroyed)
      await Promise.race([new Promise((resume) => response.once('drain', resume)), closed]);
    if (response.destroyed) return;
    options.sent(next - at);
    if (next >= stopAt) {
      if (fault?.kind === 'drop') response.destroy();
      return;
    }
    if (options.rate < Infinity)
      await sleep(Math.max(0, ((next - at) / options.rate) * 1000 - (Date.now() - began)));
    at = next;
  }
  response.end();
}

function readRange(header: string | undefined, size: number): { start: number; end: number } | null {
  const match = /^bytes=(\d+)-(\d*)$/.exec(header ?? '');
  if (!match) return null;
  return { start: Number(match[1]), end: match[2] ? Math.min(Number(match[2]), size - 1) : size - 1 };
}
