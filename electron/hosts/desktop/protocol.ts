import { randomBytes } from 'node:crypto';
import { protocol, type Session } from 'electron';
import { contentSecurityPolicy, renderPage } from '../page.ts';
import type { StaticFiles } from '../staticFiles.ts';
import { origin, scheme } from './address.ts';

/** Tells Chromium that our scheme is an origin like https. Must run before the app is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Answers `app://inkling/` from the table of built files; no path ever reaches the file system. */
export function serveWindow(session: Session, files: StaticFiles): void {
  session.protocol.handle(scheme, (request) => answer(files, request.method, request.url));
}

function answer({ page, files }: StaticFiles, method: string, url: string): Response {
  if (method !== 'GET' && method !== 'HEAD') return refuse(405);
  const path = pathOf(url);
  const bodyless = method === 'HEAD';
  if (path === '/') {
    const nonce = randomBytes(16).toString('base64url');
    return send(200, bodyless ? null : renderPage(page, nonce), {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': contentSecurityPolicy({ nonce, connect: [] }),
      'Cache-Control': 'no-store',
    });
  }
  const file = path === undefined ? undefined : files.get(path);
  if (!file) return refuse(404);
  return send(200, bodyless ? null : new Uint8Array(file.body), {
    'Content-Type': file.type,
    'Cache-Control': file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
  });
}

/** The path of an address of ours, exactly as written: what is encoded or climbs is no key of the table. */
function pathOf(url: string): string | undefined {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed || `${parsed.protocol}//${parsed.host}` !== origin || parsed.username) return undefined;
  return parsed.pathname;
}

const refuse = (status: 404 | 405) =>
  send(status, status === 404 ? 'There is nothing here.\n' : 'Only reading is possible here.\n', {
    'Content-Type': 'text/plain; charset=utf-8',
  });

function send(
  status: number,
  body: string | Uint8Array<ArrayBuffer> | null,
  headers: Record<string, string>,
): Response {
  return new Response(body, {
    status,
    headers: {
      'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Resource-Policy': 'same-origin',
      ...headers,
    },
  });
}
