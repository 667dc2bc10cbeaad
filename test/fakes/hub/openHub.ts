import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerApi } from './api.ts';
import { type Fault, type RangeRequest, sendFile } from './cdn.ts';
import { createRepos, type HubFile, type Repos } from './repos.ts';

/** A request that arrived. */
export interface Seen {
  readonly server: 'hub' | 'cdn';
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
}

type Handler = (request: IncomingMessage, response: ServerResponse) => boolean;

/** A hub on this machine, with a second server for the bytes, that misbehaves when told to. */
export interface FakeHub {
  readonly url: string;
  readonly cdnUrl: string;
  readonly repos: Repos;
  readonly put: Repos['put'];
  readonly seen: Seen[];
  /** Bytes of files that were sent in all. */
  readonly sent: number;
  /** Bytes a second for each connection. */
  rate: number;
  /** Answers a request to the hub in its place; false leaves it to the hub. */
  onHub: Handler;
  /** The fault for a request of bytes; null for none. */
  onBytes: (request: RangeRequest) => Fault | null;
  /** What the server of the bytes has instead of the hub's file. */
  swap: (path: string, file: HubFile) => HubFile;
  /** Changes the headers of the hub's redirect to the bytes. */
  redirectHeaders: (headers: Record<string, string>) => Record<string, string>;
  /** Makes every signed address so far expire. */
  expire(): void;
  ranges(): string[];
  close(): Promise<void>;
}

/** Starts a {@link FakeHub}, for whoever closes it. */
export async function openHub(): Promise<FakeHub> {
  const repos = createRepos();
  const seen: Seen[] = [];
  let signature = 1;
  let sent = 0;
  let asked = 0;

  const hubServer = createServer((request, response) => {
    seen.push({ server: 'hub', url: request.url ?? '', headers: request.headers });
    if (hub.onHub(request, response)) return;
    const url = new URL(request.url ?? '/', hub.url);
    const resolved = /^\/([^/]+\/[^/]+)\/resolve\/([^/]+)\/(.+)$/.exec(url.pathname);
    if (!resolved) return answerApi(repos, url, hub.url, response);
    const [name, revision, path] = resolved.slice(1).map(decodeURIComponent) as [string, string, string];
    redirectToBytes(response, name, revision, path);
  });

  const redirectToBytes = (response: ServerResponse, name: string, revision: string, path: string) => {
    const found = repos.find(name, revision);
    const fail = (status: number, code: string) =>
      response.writeHead(status, { 'x-error-code': code }).end(JSON.stringify({ error: code }));
    if (!repos.all.has(name)) return fail(401, 'RepoNotFound');
    if (!found) return fail(404, 'RevisionNotFound');
    if (found.repo.gated) return fail(401, 'GatedRepo');
    const file = found.files.get(path);
    if (!file) return fail(404, 'EntryNotFound');
    const headers: Record<string, string> = {
      location: `${hub.cdnUrl}/${found.commit}/${encodeURIComponent(name)}/${encodeURIComponent(path)}?Signature=${signature}`,
      'x-repo-commit': found.commit,
      'x-linked-size': String(file.bytes.length),
      'accept-ranges': 'bytes',
      ratelimit: '"resolvers";r=2999;t=69',
    };
    if (file.sha256) headers['x-linked-etag'] = `"${file.sha256}"`;
    response.writeHead(302, hub.redirectHeaders(headers)).end();
  };

  const cdnServer = createServer((request, response) => {
    seen.push({ server: 'cdn', url: request.url ?? '', headers: request.headers });
    const url = new URL(request.url ?? '/', hub.cdnUrl);
    const [commit = '', name = '', path = ''] = url.pathname.slice(1).split('/').map(decodeURIComponent);
    const stored = repos.find(name, commit)?.files.get(path);
    if (url.searchParams.get('Signature') !== String(signature))
      return void response.writeHead(403).end('expired');
    if (!stored) return void response.writeHead(404).end();
    const [start = 0, end = stored.bytes.length - 1] = (
      /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? '') ?? []
    )
      .slice(1)
      .map(Number);
    const fault = hub.onBytes({ n: asked++, path, start, end, headers: request.headers });
    const count = (bytes: number) => {
      sent += bytes;
    };
    void sendFile(request, response, hub.swap(path, stored), { fault, rate: hub.rate, sent: count });
  });

  const [hubUrl, cdnUrl] = await Promise.all([listen(hubServer), listen(cdnServer)]);
  const hub: FakeHub = {
    url: hubUrl,
    cdnUrl,
    repos,
    put: repos.put,
    seen,
    get sent() {
      return sent;
    },
    rate: Infinity,
    onHub: () => false,
    onBytes: () => null,
    swap: (_path, file) => file,
    redirectHeaders: (headers) => headers,
    expire() {
      signature++;
    },
    ranges: () => seen.filter(({ server }) => server === 'cdn').map(({ headers }) => headers.range ?? ''),
    async close() {
      for (const server of [hubServer, cdnServer]) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
  return hub;
}

async function listen(server: ReturnType<typeof createServer>): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
