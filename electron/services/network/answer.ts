import type { Readable } from 'node:stream';
import { InklingError } from '../../contract/errors.ts';
import type { LogEntry } from './requestLog.ts';

/** How long the rest of an answer that nobody wants may take, in ms. */
const patienceWithRest = 250;

/** What Node's HTTP client gives. */
type Response = Readable & {
  readonly statusCode?: number | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>> & {
    readonly location?: string | undefined;
  };
  readonly complete: boolean;
};

/** An answer whose body is still to come. Read the body, or {@link Answer.discard} it. */
export interface Answer {
  readonly status: number;
  /** Whether the access token went along. */
  readonly withToken: boolean;
  /** A header by its lower-case name; several of one name are joined by commas. */
  header(name: string): string | null;
  /** Where a redirect leads; null if this is none. Not checked yet: `get` checks every address. */
  readonly location: URL | null;
  /** The bytes as they come; stopping early ends the connection. Throws `offline` or `timeout`. */
  readonly body: AsyncIterable<Buffer>;
  /** The whole body as text. Throws `hub_error` if it is longer than `limit` bytes. */
  text(limit: number): Promise<string>;
  discard(): void;
}

/** Makes an {@link Answer} of what came; the log hears of its bytes and its end. */
export function toAnswer(
  response: Response,
  url: URL,
  entry: LogEntry,
  signal: AbortSignal,
): Omit<Answer, 'withToken'> {
  const header = (name: string) => {
    const value = response.headers[name];
    return Array.isArray(value) ? value.join(', ') : (value ?? null);
  };
  response.once('close', () => entry.ended(response.complete));
  // An error after the last reader left must not end the app; a reader gets it from the iteration.
  response.on('error', () => {});

  async function* body(): AsyncGenerator<Buffer> {
    try {
      for await (const chunk of response) {
        entry.received((chunk as Buffer).length);
        yield chunk as Buffer;
      }
    } catch (error) {
      throw toNetworkError(error, url, signal);
    }
  }

  return {
    status: response.statusCode ?? 0,
    header,
    location: locationOf(response, url),
    body: body(),
    async text(limit) {
      const chunks: Buffer[] = [];
      let size = 0;
      for await (const chunk of body()) {
        size += chunk.length;
        if (size > limit) {
          response.destroy();
          throw new InklingError('hub_error', 'The hub’s answer is far too long, so it was not read.');
        }
        chunks.push(chunk);
      }
      return Buffer.concat(chunks).toString('utf8');
    },
    discard() {
      // A short rest is read away, so that the connection serves again.
      response.resume();
      setTimeout(() => response.destroy(), patienceWithRest).unref();
    },
  };
}

function locationOf(response: Response, base: URL): URL | null {
  const { statusCode = 0, headers } = response;
  if (![301, 302, 303, 307, 308].includes(statusCode) || headers.location === undefined) return null;
  return URL.canParse(headers.location, base.href) ? new URL(headers.location, base.href) : null;
}

/** A server that says nothing for too long. */
export const lateError = () =>
  new InklingError('timeout', 'The server did not answer in time. What was fetched is kept; try again.');

/** What a failed request means for whoever asked: `offline`, or why it was stopped. */
export function toNetworkError(error: unknown, url: URL, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason;
  if (error instanceof InklingError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  return new InklingError(
    'offline',
    `${url.host} cannot be reached. Models on this machine work as before; check the connection and try again.`,
    { reason: code ?? message },
  );
}
