import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** The secrets of one run. Each is 256 random bits as base64url. */
export interface Secrets {
  /** Opens everything. */
  readonly token: string;
  /** What the cookie holds: opens the page and its files, never /rpc, since cookies are shared between ports. */
  readonly cookie: string;
}

/** Why a request is turned away; `message` is plain text for a person. */
export interface Refusal {
  readonly status: number;
  readonly message: string;
}

/** Decides who may talk to the server. Every check returns a refusal, or undefined to let the request pass. */
export interface Guard {
  readonly secrets: Secrets;
  /** Method, Host and Origin: what holds for every request and upgrade, before any token is looked at. */
  checkOrigin(request: IncomingMessage): Refusal | undefined;
  /** Fetch metadata: a browser says itself when another site made it ask. Not sent with upgrades, where Origin always is. */
  checkSite(request: IncomingMessage): Refusal | undefined;
  /** Token in the Authorization header, or the cookie. */
  checkPage(request: IncomingMessage): Refusal | undefined;
  /** Token by subprotocol or Authorization header; the cookie does not count. */
  checkSocket(request: IncomingMessage): Refusal | undefined;
  isToken(text: string): boolean;
  /**
   * Makes a key that is good for one page load within a minute. Command lines carry it in place of the token, because
   * other users of the machine can read them.
   */
  newTicket(): string;
  /** True once, for the first caller with a fresh ticket. */
  takeTicket(text: string): boolean;
  readonly cookieHeader: string;
}

const ticketLifeMs = 60_000;

const noKey: Refusal = {
  status: 401,
  message:
    'Inkling is running here, but this address lacks its key. Open the full address that Inkling printed when it ' +
    'started (it has ?token= in it), or start Inkling again.',
};

/** Makes the {@link Guard} of a server on `port` of 127.0.0.1, with fresh secrets. */
export function createGuard(port: number): Guard {
  const secrets = { token: secret(), cookie: secret() };
  const origins = [`http://127.0.0.1:${port}`, `http://localhost:${port}`].map((text) => new URL(text));
  const cookieName = `inkling-${port}`;
  /** When each unused ticket ends. */
  const tickets = new Map<string, number>();

  const isToken = (text: string) => sameSecret(text, secrets.token);
  const hasHeader = (request: IncomingMessage) => {
    const match = /^Bearer ([A-Za-z0-9_-]+)$/i.exec(request.headers.authorization ?? '');
    return match?.[1] !== undefined && isToken(match[1]);
  };
  const hasCookie = (request: IncomingMessage) =>
    (request.headers.cookie ?? '').split(';').some((pair) => {
      const [name, value] = pair.trim().split('=', 2);
      return name === cookieName && sameSecret(value ?? '', secrets.cookie);
    });

  return {
    secrets,
    isToken,
    cookieHeader: `${cookieName}=${secrets.cookie}; Path=/; HttpOnly; SameSite=Strict`,
    checkOrigin(request) {
      if (request.method !== 'GET' && request.method !== 'HEAD')
        return { status: 405, message: 'Only GET and HEAD are answered here.' };
      // A name that resolves to 127.0.0.1 (DNS rebinding) shows itself in Host.
      const hosts = request.headersDistinct['host'] ?? [];
      if (hosts.length !== 1 || !origins.some((origin) => origin.host === hosts[0]))
        return { status: 403, message: 'This server answers to 127.0.0.1 and localhost only.' };
      const origin = request.headers.origin;
      if (origin !== undefined && !origins.some((known) => known.origin === origin))
        return { status: 403, message: 'Requests from other sites are not answered.' };
      return undefined;
    },
    checkSite(request) {
      const site = request.headers['sec-fetch-site'];
      const known = site === undefined || site === 'same-origin' || site === 'none';
      return known ? undefined : { status: 403, message: 'Requests from other sites are not answered.' };
    },
    checkPage: (request) => (hasHeader(request) || hasCookie(request) ? undefined : noKey),
    checkSocket(request) {
      if (hasHeader(request) || protocolsOf(request).some(isToken)) return undefined;
      return noKey;
    },
    newTicket() {
      const ticket = secret();
      tickets.set(ticket, performance.now() + ticketLifeMs);
      return ticket;
    },
    takeTicket(text) {
      for (const [ticket, end] of tickets) {
        if (!sameSecret(text, ticket)) continue;
        tickets.delete(ticket);
        return performance.now() <= end;
      }
      return false;
    },
  };
}

/** The subprotocols a WebSocket client offers. */
export function protocolsOf(request: IncomingMessage): readonly string[] {
  return (request.headers['sec-websocket-protocol'] ?? '')
    .split(',')
    .map((text) => text.trim())
    .filter((text) => text !== '');
}

const secret = () => randomBytes(32).toString('base64url');

/** Compares without telling by its time how much was right; the length of our secrets is no secret. */
function sameSecret(given: string, real: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(real);
  return a.length === b.length && timingSafeEqual(a, b);
}
