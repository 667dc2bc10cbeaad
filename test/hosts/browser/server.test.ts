import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startServer } from '../../../electron/hosts/browser/server.ts';
import { loadStaticFiles } from '../../../electron/hosts/staticFiles.ts';
import { request, sendRaw, upgradeHeaders } from './request.ts';
import { testServer } from './testServer.ts';

const at = testServer();

describe('requests', () => {
  it.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE'])('by %s are refused', async (method) => {
    const { status, headers } = await request(at.port, '/', { method, headers: at.bearer });
    expect(status).toBe(405);
    expect(headers.allow).toBe('GET, HEAD');
  });

  it('by HEAD get the headers alone', async () => {
    const { status, headers, body } = await request(at.port, '/theme.js', {
      method: 'HEAD',
      headers: at.bearer,
    });
    expect({ status, length: headers['content-length'], body }).toEqual({
      status: 200,
      length: '7',
      body: '',
    });
  });

  it.each(['cross-site', 'same-site'])('which a browser marks as %s are refused', async (site) => {
    expect((await at.get('/', { ...at.cookie, 'Sec-Fetch-Site': site })).status).toBe(403);
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
    const answer = await at.get(path, at.bearer);
    expect(answer.status).toBe(404);
    expect(answer.body).not.toContain('outside\n');
  });

  it('with two Host lines, an empty one or none are refused', async () => {
    const { token } = at.server.guard.secrets;
    const line = (text: string) => `GET /theme.js HTTP/1.1\r\n${text}Authorization: Bearer ${token}\r\n\r\n`;
    const own = `Host: 127.0.0.1:${at.port}\r\n`;
    expect(await sendRaw(at.port, line(own))).toContain('200 OK');
    expect(await sendRaw(at.port, line(`${own}Host: evil.example\r\n`))).toContain('403 Forbidden');
    expect(await sendRaw(at.port, line(`Host: evil.example\r\n${own}`))).toContain('403 Forbidden');
    expect(await sendRaw(at.port, line('Host: \r\n'))).toContain('403 Forbidden');
    expect(await sendRaw(at.port, line(''))).toContain('400 Bad Request');
  });
});

describe('answers', () => {
  it('carry the headers that keep them here', async () => {
    for (const path of ['/', '/theme.js', '/healthz', '/nothing']) {
      const { headers } = await at.get(path, at.bearer);
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
      const { headers, body } = await at.get('/', at.bearer);
      const nonce = /csp-nonce" content="([^"]+)"/.exec(body)?.[1] ?? '';
      expect(headers['content-security-policy']).toContain(`'nonce-${nonce}'`);
      nonces.add(nonce);
    }
    expect(nonces.size).toBe(3);
  });

  it('let the page connect to its own socket only', async () => {
    const { headers } = await at.get('/', at.bearer);
    expect(headers['content-security-policy']).toContain(`connect-src ws://127.0.0.1:${at.port}/rpc;`);
  });

  it('are kept by the browser only when their name carries a hash', async () => {
    const cache = async (path: string) => (await at.get(path, at.bearer)).headers['cache-control'];
    expect(await cache('/')).toBe('no-store');
    expect(await cache('/healthz')).toBe('no-store');
    expect(await cache('/theme.js')).toBe('no-cache');
    expect(await cache('/assets/main-a1b2.js')).toContain('immutable');
  });

  it('name their type', async () => {
    expect((await at.get('/theme.js', at.bearer)).headers['content-type']).toBe(
      'text/javascript; charset=utf-8',
    );
    expect((await at.get('/', at.bearer)).headers['content-type']).toBe('text/html; charset=utf-8');
  });

  it('tell the health', async () => {
    expect(JSON.parse((await at.get('/healthz', at.bearer)).body)).toEqual({
      schema: 1,
      sqlite: '3',
      engine: 'running',
      offline: true,
    });
  });
});

describe('the server', () => {
  it('listens on the loopback address only', async () => {
    const others = Object.values(networkInterfaces())
      .flatMap((list) => list ?? [])
      .filter((address) => !address.internal && address.family === 'IPv4');
    for (const { address } of others)
      await expect(fetch(`http://${address}:${at.port}/healthz`)).rejects.toThrow();
    await expect(fetch(`http://[::1]:${at.port}/healthz`)).rejects.toThrow();
  });

  it('keeps no place for a stranger who was refused and stays', async () => {
    const headers = Object.entries({ ...upgradeHeaders('inkling'), Host: `127.0.0.1:${at.port}` });
    const stranger = connect({ port: at.port, host: '127.0.0.1', allowHalfOpen: true });
    onTestFinished(() => void stranger.destroy());
    stranger.write(`GET /rpc HTTP/1.1\r\n${headers.map((pair) => pair.join(': ')).join('\r\n')}\r\n\r\n`);
    let answer = '';
    stranger.setEncoding('utf8').on('data', (text) => {
      answer += text;
    });
    await new Promise((resolve) => stranger.once('end', resolve));
    expect(answer).toMatch(/^HTTP\/1.1 401 /);
    // Whoever writes to a place that is gone hears so.
    const gone = new Promise((resolve) => stranger.once('error', resolve));
    const writing = setInterval(() => stranger.write('still here'), 20);
    onTestFinished(() => clearInterval(writing));
    expect(await gone).toMatchObject({ code: expect.stringMatching(/ECONNRESET|EPIPE/) });
  });

  it('makes new secrets of 256 bits each time', async () => {
    const second = await startServer(0, {
      files: loadStaticFiles(at.builtDir),
      health: () => null,
      onPort() {},
    });
    const all = [at.server, second].flatMap(({ guard }) => [guard.secrets.token, guard.secrets.cookie]);
    expect(new Set(all).size).toBe(4);
    for (const text of all) expect(Buffer.from(text, 'base64url').length).toBe(32);
    await second.close();
  });

  it('says what to run when the window is not built', () => {
    expect(() => loadStaticFiles(join(at.builtDir, 'assets'))).toThrow('npm run build');
  });
});
