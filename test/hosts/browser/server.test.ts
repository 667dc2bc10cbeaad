import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Server, startServer } from '../../../electron/hosts/browser/server.ts';
import { loadStaticFiles } from '../../../electron/hosts/staticFiles.ts';
import type { Port } from '../../../electron/rpc/port.ts';
import { request, sendRaw, upgradeHeaders } from './request.ts';
import { makeDir, removeDir } from './startHost.ts';

const dir = makeDir();
const ports: Port[] = [];
let server: Server;
let port: number;

beforeAll(async () => {
  mkdirSync(join(dir, 'built/assets'), { recursive: true });
  writeFileSync(
    join(dir, 'built/index.html'),
    '<meta name="csp-nonce" content="__INKLING_NONCE__"><p>the page</p>',
  );
  writeFileSync(join(dir, 'built/theme.js'), 'theme()');
  writeFileSync(join(dir, 'built/assets/main-a1b2.js'), 'main()');
  writeFileSync(join(dir, 'built/notes.exe'), 'of no known type');
  writeFileSync(join(dir, 'outside.js'), 'outside');
  server = await startServer(0, {
    files: loadStaticFiles(join(dir, 'built')),
    health: () => ({ schema: 1, sqlite: '3', engine: 'running', offline: true }),
    onPort: (opened) => ports.push(opened),
  });
  port = Number(new URL(server.url).port);
});
afterAll(async () => {
  await server.close();
  removeDir(dir);
});

const bearer = () => ({ Authorization: `Bearer ${server.guard.secrets.token}` });
const cookie = () => ({ Cookie: `inkling-${port}=${server.guard.secrets.cookie}` });
const get = (path: string, headers: Record<string, string> = {}) => request(port, path, { headers });
const upgrade = (protocols?: string, headers: Record<string, string> = {}, path = '/rpc') =>
  request(port, path, { headers: { ...upgradeHeaders(protocols), ...headers } });

/** Every way in: the page, its files, health, and the socket. */
const doors: readonly [string, (headers: Record<string, string>) => ReturnType<typeof get>][] = [
  ['the page', (headers) => get('/', headers)],
  ['a file', (headers) => get('/assets/main-a1b2.js', headers)],
  ['an unknown path', (headers) => get('/nothing', headers)],
  ['/healthz', (headers) => get('/healthz', headers)],
  ['the upgrade', (headers) => upgrade('inkling', headers)],
];

describe.each(doors)('%s', (name, open) => {
  const allowed = name === 'the upgrade' ? 101 : name === 'an unknown path' ? 404 : 200;

  it('opens with the token', async () => {
    expect((await open(bearer())).status).toBe(allowed);
  });

  it('is shut without a token', async () => {
    const answer = await open({});
    expect(answer.status).toBe(401);
    expect(answer.body).toContain('lacks its key');
  });

  it.each(['', 'x', 'A'.repeat(43), 'A'.repeat(5000)])(
    'is shut with the wrong token "%.10s"',
    async (token) => {
      expect((await open({ Authorization: `Bearer ${token}` })).status).toBe(401);
    },
  );

  it.each(['evil.example', 'inkling.test:80', '127.0.0.1', '127.0.0.1:1', 'localhost', '[::1]', '0.0.0.0'])(
    'is shut for the Host "%s", token or not: a rebound name gets nothing',
    async (host) => {
      expect((await open({ ...bearer(), Host: host })).status).toBe(403);
      expect((await open({ Host: host })).status).toBe(403);
    },
  );

  it.each(['127.0.0.1', 'localhost'])('answers to the Host %s with its port', async (host) => {
    expect((await open({ ...bearer(), Host: `${host}:${port}` })).status).toBe(allowed);
  });

  it.each(['https://evil.example', 'null', 'http://127.0.0.1:1', 'file://', 'http://localhost'])(
    'is shut for the Origin "%s"',
    async (origin) => {
      expect((await open({ ...bearer(), Origin: origin })).status).toBe(403);
    },
  );

  it('opens for its own Origin', async () => {
    expect((await open({ ...bearer(), Origin: `http://127.0.0.1:${port}` })).status).toBe(allowed);
    expect((await open({ ...bearer(), Origin: `http://localhost:${port}` })).status).toBe(allowed);
  });

  it('never allows another site to read the answer', async () => {
    const answers = [await open(bearer()), await open({ ...bearer(), Origin: 'https://evil.example' })];
    for (const { headers } of answers)
      expect(Object.keys(headers).filter((header) => header.startsWith('access-control'))).toEqual([]);
  });
});

describe('the cookie', () => {
  it('comes with the page, is not the token, and is for this port and this site only', async () => {
    const { headers } = await get(`/?token=${server.guard.secrets.token}`);
    const [set = ''] = headers['set-cookie'] ?? [];
    expect(set).toBe(`inkling-${port}=${server.guard.secrets.cookie}; Path=/; HttpOnly; SameSite=Strict`);
    expect(set).not.toContain(server.guard.secrets.token);
  });

  it('opens the page again, its files and /healthz', async () => {
    for (const path of ['/', '/theme.js', '/assets/main-a1b2.js', '/healthz'])
      expect((await get(path, cookie())).status, path).toBe(200);
  });

  it('does not open the socket, by whatever way it is sent', async () => {
    const { cookie: value } = server.guard.secrets;
    expect((await upgrade('inkling', cookie())).status).toBe(401);
    expect((await upgrade(`inkling, ${value}`, cookie())).status).toBe(401);
    expect((await upgrade('inkling', { Authorization: `Bearer ${value}` })).status).toBe(401);
  });

  it('does not count with another value or another port in its name', async () => {
    expect((await get('/', { Cookie: `inkling-${port}=${'A'.repeat(43)}` })).status).toBe(401);
    expect((await get('/', { Cookie: `inkling-1=${server.guard.secrets.cookie}` })).status).toBe(401);
  });
});

describe('the key in the address', () => {
  it('opens the page with the token', async () => {
    const { status, body } = await get(`/?token=${server.guard.secrets.token}`);
    expect(status).toBe(200);
    expect(body).toContain('the page');
  });

  it('is refused with words when it is wrong, even beside a good cookie', async () => {
    const answer = await get('/?token=wrong', cookie());
    expect(answer.status).toBe(403);
    expect(answer.body).toContain('start it again');
  });

  it('opens nothing but the page', async () => {
    for (const path of ['/healthz', '/theme.js', '/rpc', '/nothing'])
      expect((await get(`${path}?token=${server.guard.secrets.token}`)).status, path).toBe(401);
    expect((await upgrade('inkling', {}, `/rpc?token=${server.guard.secrets.token}`)).status).toBe(401);
  });

  it('may be a ticket, which is good once and turns into the token', async () => {
    const ticket = server.guard.newTicket();
    expect((await request(port, `/?ticket=${ticket}`, { method: 'HEAD' })).status).toBe(403);
    const first = await get(`/?ticket=${ticket}`);
    expect(first.status).toBe(303);
    expect(first.headers.location).toBe(`/?token=${server.guard.secrets.token}`);
    const second = await get(`/?ticket=${ticket}`);
    expect(second.status).toBe(403);
    expect(second.body).toContain('good for one use');
  });
});

describe('the upgrade', () => {
  it('takes the token as a subprotocol and answers with the plain name', async () => {
    const { status, headers } = await upgrade(`inkling, ${server.guard.secrets.token}`);
    expect(status).toBe(101);
    expect(headers['sec-websocket-protocol']).toBe('inkling');
  });

  it('takes the token alone', async () => {
    const { status, headers } = await upgrade(server.guard.secrets.token);
    expect(status).toBe(101);
    expect(headers['sec-websocket-protocol']).toBe(server.guard.secrets.token);
  });

  it('is at /rpc and nowhere else', async () => {
    for (const path of ['/', '/rpc/', '/rpc?x=1', '/healthz', '//rpc'])
      expect((await upgrade(`inkling, ${server.guard.secrets.token}`, {}, path)).status, path).toBe(404);
  });

  it('refuses a plain request to /rpc', async () => {
    expect((await get('/rpc', bearer())).status).toBe(426);
  });

  it('gives no port to whoever was refused', async () => {
    const before = ports.length;
    await upgrade('inkling, wrong');
    await upgrade(`inkling, ${server.guard.secrets.token}`, { Origin: 'https://evil.example' });
    expect(ports.length).toBe(before);
  });
});

describe('requests', () => {
  it.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE'])('by %s are refused', async (method) => {
    const { status, headers } = await request(port, '/', { method, headers: bearer() });
    expect(status).toBe(405);
    expect(headers.allow).toBe('GET, HEAD');
  });

  it('by HEAD get the headers alone', async () => {
    const { status, headers, body } = await request(port, '/theme.js', { method: 'HEAD', headers: bearer() });
    expect({ status, length: headers['content-length'], body }).toEqual({
      status: 200,
      length: '7',
      body: '',
    });
  });

  it.each(['cross-site', 'same-site'])('which a browser marks as %s are refused', async (site) => {
    expect((await get('/', { ...cookie(), 'Sec-Fetch-Site': site })).status).toBe(403);
  });

  it.each([
    '/../outside.js',
    '/..%2foutside.js',
    '/%2e%2e/outside.js',
    '/assets/../../outside.js',
    '/assets/..\\..\\outside.js',
    '//outside.js',
    '/theme.js/',
    '/theme.js%00.png',
    '/THEME.JS',
    '/index.html',
    '/notes.exe',
    'http://evil.example/theme.js',
    '/etc/passwd',
    '/__proto__',
  ])('for %s find nothing: no path reaches the file system', async (path) => {
    const answer = await get(path, bearer());
    expect(answer.status).toBe(404);
    expect(answer.body).not.toContain('outside\n');
  });

  it('with two Host lines, an empty one or none are refused', async () => {
    const { token } = server.guard.secrets;
    const line = (text: string) => `GET /theme.js HTTP/1.1\r\n${text}Authorization: Bearer ${token}\r\n\r\n`;
    const own = `Host: 127.0.0.1:${port}\r\n`;
    expect(await sendRaw(port, line(own))).toContain('200 OK');
    expect(await sendRaw(port, line(`${own}Host: evil.example\r\n`))).toContain('403 Forbidden');
    expect(await sendRaw(port, line(`Host: evil.example\r\n${own}`))).toContain('403 Forbidden');
    expect(await sendRaw(port, line('Host: \r\n'))).toContain('403 Forbidden');
    expect(await sendRaw(port, line(''))).toContain('400 Bad Request');
  });
});

describe('answers', () => {
  it('carry the headers that keep them here', async () => {
    for (const path of ['/', '/theme.js', '/healthz', '/nothing']) {
      const { headers } = await get(path, bearer());
      expect(headers, path).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'x-frame-options': 'DENY',
      });
    }
  });

  it('give the page a fresh nonce each time, in its policy and in its text', async () => {
    const nonces = new Set<string>();
    for (let load = 0; load < 3; load++) {
      const { headers, body } = await get('/', bearer());
      const nonce = /csp-nonce" content="([^"]+)"/.exec(body)?.[1] ?? '';
      expect(headers['content-security-policy']).toContain(`'nonce-${nonce}'`);
      nonces.add(nonce);
    }
    expect(nonces.size).toBe(3);
  });

  it('let the page connect to its own socket only', async () => {
    const { headers } = await get('/', bearer());
    expect(headers['content-security-policy']).toContain(`connect-src ws://127.0.0.1:${port}/rpc;`);
  });

  it('are kept by the browser only when their name carries a hash', async () => {
    const cache = async (path: string) => (await get(path, bearer())).headers['cache-control'];
    expect(await cache('/')).toBe('no-store');
    expect(await cache('/healthz')).toBe('no-store');
    expect(await cache('/theme.js')).toBe('no-cache');
    expect(await cache('/assets/main-a1b2.js')).toContain('immutable');
  });

  it('name their type', async () => {
    expect((await get('/theme.js', bearer())).headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect((await get('/', bearer())).headers['content-type']).toBe('text/html; charset=utf-8');
  });

  it('tell the health', async () => {
    expect(JSON.parse((await get('/healthz', bearer())).body)).toEqual({
      schema: 1,
      sqlite: '3',
      engine: 'running',
      offline: true,
    });
  });
});

describe('the server', () => {
  it('listens on the loopback address only', async () => {
    const { networkInterfaces } = await import('node:os');
    const others = Object.values(networkInterfaces())
      .flatMap((list) => list ?? [])
      .filter((address) => !address.internal && address.family === 'IPv4');
    for (const { address } of others)
      await expect(fetch(`http://${address}:${port}/healthz`)).rejects.toThrow();
    await expect(fetch(`http://[::1]:${port}/healthz`)).rejects.toThrow();
  });

  it('makes new secrets of 256 bits each time', async () => {
    const second = await startServer(0, {
      files: loadStaticFiles(join(dir, 'built')),
      health: () => null,
      onPort() {},
    });
    const all = [server, second].flatMap(({ guard }) => [guard.secrets.token, guard.secrets.cookie]);
    expect(new Set(all).size).toBe(4);
    for (const text of all) expect(Buffer.from(text, 'base64url').length).toBe(32);
    await second.close();
  });

  it('says what to run when the window is not built', () => {
    expect(() => loadStaticFiles(join(dir, 'assets'))).toThrow('npm run build');
  });
});
