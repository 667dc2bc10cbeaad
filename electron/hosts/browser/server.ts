import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { Port } from '../../rpc/port.ts';
import { contentSecurityPolicy, renderPage } from '../page.ts';
import type { StaticFiles } from '../staticFiles.ts';
import { createGuard, type Guard, protocolsOf, type Refusal } from './guard.ts';
import { createStrangers, type Strangers } from './strangers.ts';
import { createWebSocketPort } from './webSocketPort.ts';

/** What the server needs from the app. */
export interface ServerDeps {
  readonly files: StaticFiles;
  /** What `GET /healthz` answers. */
  health(): unknown;
  /** Milliseconds that a connection without a key may stay; 10 s if not given. */
  readonly strangerMs?: number;
  /** A window (or a script) connected to /rpc. */
  onPort(port: Port): void;
}

/** The loopback server while it runs. */
export interface Server {
  /** `http://127.0.0.1:PORT`, without the token. */
  readonly url: string;
  readonly guard: Guard;
  /** Ends every connection and stops listening. */
  close(): Promise<void>;
}

/** 2,000,000 characters of text, the most a call may carry, at up to 6 bytes each once escaped, and its frame. */
const maxFrameBytes = 16 << 20;
const rpcPath = '/rpc';
/** Connections that have shown no key, and the ms each may stay so. */
const mostStrangers = 64;
const usualStrangerMs = 10_000;

/** Listens on `port` of 127.0.0.1 (0: any free one). Rejects with the system's error, `EADDRINUSE` for example. */
export async function startServer(port: number, deps: ServerDeps): Promise<Server> {
  const http = createServer({
    requestTimeout: 30_000,
    headersTimeout: 10_000,
    connectionsCheckingInterval: 2000,
  });
  const strangers = createStrangers(mostStrangers, deps.strangerMs ?? usualStrangerMs);
  http.on('connection', strangers.admit);
  http.listen({ port, host: '127.0.0.1', exclusive: true });
  await new Promise<void>((resolve, reject) => {
    http.once('listening', resolve);
    http.once('error', reject);
  });
  const actualPort = (http.address() as AddressInfo).port;
  const guard = createGuard(actualPort);
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: maxFrameBytes,
    perMessageDeflate: false,
    // A browser wants one of the protocols it offered back; the plain name, so that the token is not repeated.
    handleProtocols: (offered) => (offered.has('inkling') ? 'inkling' : ([...offered][0] ?? false)),
  });

  http.on('request', (request, response) => {
    answer(request, response, guard, deps, strangers).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else sendText(request, response, 500, `Inkling could not answer: ${String(error)}`);
    });
  });
  http.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const refusal = checkUpgrade(request, guard);
    if (refusal) refuseUpgrade(socket, refusal);
    else {
      strangers.know(request.socket);
      sockets.handleUpgrade(request, socket, head, (client) => deps.onPort(createWebSocketPort(client)));
    }
  });

  return {
    url: `http://127.0.0.1:${actualPort}`,
    guard,
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        for (const client of sockets.clients) client.close(1001, 'Inkling stops.');
        // Whoever does not answer the closing handshake is cut off.
        setTimeout(() => {
          for (const client of sockets.clients) client.terminate();
          http.closeAllConnections();
        }, 200).unref();
        http.closeIdleConnections();
      }),
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  guard: Guard,
  deps: ServerDeps,
  strangers: Strangers,
) {
  const refuse = (refusal: Refusal) => sendText(request, response, refusal.status, refusal.message);
  const stranger = guard.checkOrigin(request) ?? guard.checkSite(request);
  if (stranger) return refuse(stranger);
  const [path = '', query = ''] = (request.url ?? '').split('?', 2);
  if (path === '/' && query !== '') {
    const entered = enter(request, guard, new URLSearchParams(query));
    if (entered === 'ticket') return sendToToken(request, response, guard);
    if (entered !== 'token') return refuse(entered);
  } else {
    const unknown = guard.checkPage(request);
    if (unknown) return refuse(unknown);
  }
  strangers.know(request.socket);

  if (path === '/') return sendPage(request, response, guard, deps.files.page);
  if (path === '/healthz') {
    response.setHeader('Cache-Control', 'no-store');
    return send(request, response, 200, 'application/json', JSON.stringify(await deps.health()));
  }
  if (path === rpcPath) return sendText(request, response, 426, 'This address speaks WebSocket only.');
  const file = deps.files.files.get(path);
  if (!file) return sendText(request, response, 404, 'There is nothing at this address.');
  response.setHeader('Cache-Control', file.immutable ? 'private, max-age=31536000, immutable' : 'no-cache');
  send(request, response, 200, file.type, file.body);
}

/** Checks the key in the address of a first load: the token itself, or a ticket that stands for it once. */
function enter(request: IncomingMessage, guard: Guard, query: URLSearchParams): 'token' | 'ticket' | Refusal {
  if (guard.isToken(query.get('token') ?? '')) return 'token';
  const ticket = query.get('ticket');
  if (ticket === null)
    return {
      status: 403,
      message:
        'The key in this address is not the one of the Inkling that runs here. Open the address it printed, or start it again.',
    };
  if (request.method === 'GET' && guard.takeTicket(ticket)) return 'ticket';
  return {
    status: 403,
    message: 'This address was good for one use. Open the address Inkling printed, or start it again.',
  };
}

function sendToToken(request: IncomingMessage, response: ServerResponse, guard: Guard) {
  response.setHeader('Location', `/?token=${guard.secrets.token}`);
  sendText(request, response, 303, 'Welcome.');
}

function sendPage(request: IncomingMessage, response: ServerResponse, guard: Guard, page: string) {
  const nonce = randomBytes(16).toString('base64url');
  // The policy names the exact socket; the Host was checked against the list before.
  const connect = [`ws://${request.headers.host}${rpcPath}`];
  response.setHeader('Content-Security-Policy', contentSecurityPolicy({ nonce, connect }));
  response.setHeader('Permissions-Policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()');
  response.setHeader('Set-Cookie', guard.cookieHeader);
  response.setHeader('Cache-Control', 'no-store');
  send(request, response, 200, 'text/html; charset=utf-8', renderPage(page, nonce));
}

function sendText(request: IncomingMessage, response: ServerResponse, status: number, text: string) {
  if (status === 405) response.setHeader('Allow', 'GET, HEAD');
  if (status === 426) response.setHeader('Upgrade', 'websocket');
  response.setHeader('Cache-Control', 'no-store');
  send(request, response, status, 'text/plain; charset=utf-8', `${text}\n`);
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  type: string,
  body: string | Buffer,
) {
  if (!response.hasHeader('Content-Security-Policy'))
    response.setHeader('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'");
  response.writeHead(status, {
    'Content-Type': type,
    'Content-Length': Buffer.byteLength(body),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'X-Frame-Options': 'DENY',
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

function checkUpgrade(request: IncomingMessage, guard: Guard): Refusal | undefined {
  const refusal = guard.checkOrigin(request) ?? guard.checkSocket(request);
  if (refusal) return refusal;
  if (request.url !== rpcPath) return { status: 404, message: 'There is nothing at this address.' };
  if (protocolsOf(request).length > 4) return { status: 400, message: 'Too many subprotocols.' };
  return undefined;
}

function refuseUpgrade(socket: Duplex, refusal: Refusal) {
  const body = `${refusal.message}\n`;
  // A stranger who never closes his half must not keep a place: they are few.
  socket.once('finish', () => socket.destroy());
  socket.end(
    `HTTP/1.1 ${refusal.status} Refused\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
