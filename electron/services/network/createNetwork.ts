import http from 'node:http';
import https from 'node:https';
import type { Service } from '../../contract/define.ts';
import { InklingError } from '../../contract/errors.ts';
import type { AppContract } from '../../contract/index.ts';
import type { NetworkPurpose } from '../../contract/network.ts';
import { type Answer, lateError, toAnswer, toNetworkError } from './answer.ts';
import { freeAfterRead } from './freeAfterRead.ts';
import { readHubUrl } from './hubUrl.ts';
import { createRequestLog } from './requestLog.ts';

/** How long a server may say nothing, in ms: before its answer, and within it. */
const usualPatience = { answer: 20_000, silence: 30_000 } as const;
/** Connections to one server that are kept for the next request. */
const spareSockets = 8;

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

/** The path for people to read; a broken escape stays as it is. */
function readablePath(url: URL): string {
  try {
    return decodeURI(url.pathname);
  } catch {
    return url.pathname;
  }
}
