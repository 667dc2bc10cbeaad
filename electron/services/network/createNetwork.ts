import http from 'node:http';
import https from 'node:https';
import type { Service } from '../../contract/define.ts';
import { InklingError } from '../../contract/errors.ts';
import type { AppContract } from '../../contract/index.ts';
import type { NetworkPurpose } from '../../contract/network.ts';
import { freeAfterRead } from './freeAfterRead.ts';
import { readHubUrl } from './hubUrl.ts';
import { createRequestLog, type LogEntry } from './requestLog.ts';

/** How long a server may say nothing, in ms: before its answer, and within it. */
const usualPatience = { answer: 20_000, silence: 30_000 } as const;
/** How long the rest of an answer that nobody wants may take, in ms. */
const patienceWithRest = 250;
/** Connections to one server that are kept for the next request. */
const spareSockets = 8;

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

/** The one door to the network. */
export interface Network {
  readonly api: Pick<Service<AppContract>['network'], 'watch'>;
  /** The hub's origin, like `https://host`. */
  readonly origin: string;
  /**
   * Asks the hub, or an address that the hub sent us to. Redirects are answers like any other: nothing is followed
   * here. Throws `offline`, `timeout`, or `unsupported` for an address that may not be asked.
   */
  get(url: URL, options: GetOptions): Promise<Answer>;
  /** Whether nothing was asked since the start. */
  isSilent(): boolean;
  close(): void;
}

export interface GetOptions {
  readonly purpose: NetworkPurpose;
  readonly signal: AbortSignal;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Opens the {@link Network}. Nothing is sent before somebody asks. `token` goes to the hub's own origin only, and never
 * with a search: what a person looks for is not told under their name.
 */
export function createNetwork(options: {
  hubUrl: string | undefined;
  token?: () => string | null;
  patience?: { readonly answer: number; readonly silence: number };
}): Network {
  const rules = readHubUrl(options.hubUrl);
  const patience = options.patience ?? usualPatience;
  const log = createRequestLog();
  const agents = {
    'http:': thrifty(new http.Agent({ keepAlive: true, maxFreeSockets: spareSockets })),
    'https:': thrifty(new https.Agent({ keepAlive: true, maxFreeSockets: spareSockets })),
  };

  const headersFor = (url: URL, { headers: extra, purpose }: GetOptions) => {
    const headers: Record<string, string> = {
      'user-agent': 'Inkling',
      accept: '*/*',
      'accept-encoding': 'identity',
      ...extra,
    };
    const token = url.origin === rules.origin && purpose !== 'search' ? options.token?.() : null;
    if (token) headers['authorization'] = `Bearer ${token}`;
    return headers;
  };

  const get: Network['get'] = async (url, asked) => {
    const { purpose, signal } = asked;
    signal.throwIfAborted();
    if (!rules.mayFollow(url))
      throw new InklingError(
        'unsupported',
        `The hub sent Inkling to ${url.protocol}//${url.host}, which it does not trust. Nothing was sent there.`,
      );
    const own = url.origin === rules.origin;
    const entry = log.begin({ host: url.host, path: own ? readablePath(url) : '', purpose });
    try {
      const headers = headersFor(url, asked);
      const response = await send(url, headers, signal);
      entry.answered(response.statusCode ?? 0);
      return { ...toAnswer(response, url, entry, signal), withToken: 'authorization' in headers };
    } catch (error) {
      entry.ended(false);
      throw toNetworkError(error, url, signal);
    }
  };

  const send = (url: URL, headers: Record<string, string>, signal: AbortSignal) =>
    new Promise<http.IncomingMessage>((resolve, reject) => {
      const secure = url.protocol === 'https:';
      const request = (secure ? https : http).request(url, {
        headers,
        signal,
        agent: secure ? agents['https:'] : agents['http:'],
        maxHeaderSize: 64 * 1024,
      });
      const late = setTimeout(() => request.destroy(lateError()), patience.answer);
      request.once('response', (response) => {
        clearTimeout(late);
        request.setTimeout(patience.silence, () => response.destroy(lateError()));
        resolve(response);
      });
      request.once('error', (error) => {
        clearTimeout(late);
        reject(error);
      });
      request.end();
    });

  return {
    origin: rules.origin,
    get,
    isSilent: () => log.topic.value.total === 0,
    close() {
      log.close();
      for (const agent of Object.values(agents)) agent.destroy();
    },
    api: {
      async *watch(_input, { signal }) {
        for await (const { total, requests } of log.topic.watch(signal))
          yield { hub: rules.origin, total, requests };
      },
    },
  };
}

function thrifty<Agent extends http.Agent>(agent: Agent): Agent {
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (options, done) => {
    const connection = connect(options, done);
    return connection ? freeAfterRead(connection) : connection;
  };
  return agent;
}

function toAnswer(
  response: http.IncomingMessage,
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

function locationOf(response: http.IncomingMessage, base: URL): URL | null {
  const { statusCode = 0, headers } = response;
  if (![301, 302, 303, 307, 308].includes(statusCode) || headers.location === undefined) return null;
  return URL.canParse(headers.location, base.href) ? new URL(headers.location, base.href) : null;
}

const lateError = () =>
  new InklingError('timeout', 'The server did not answer in time. What was fetched is kept; try again.');

function toNetworkError(error: unknown, url: URL, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason;
  if (error instanceof InklingError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  return new InklingError(
    'offline',
    `${url.host} cannot be reached. Models on this machine work as before; check the connection and try again.`,
    { reason: code ?? message },
  );
}

/** The path for people to read; a broken escape stays as it is. */
function readablePath(url: URL): string {
  try {
    return decodeURI(url.pathname);
  } catch {
    return url.pathname;
  }
}
