import { describe, expect, it } from 'vitest';
import { type Answer, request } from './request.ts';
import { testServer } from './testServer.ts';

const at = testServer();

/** Every way in: the page, its files, health, and the socket. */
const doors: readonly [string, (headers: Record<string, string>) => Promise<Answer>][] = [
  ['the page', (headers) => at.get('/', headers)],
  ['a file', (headers) => at.get('/assets/main-a1b2.js', headers)],
  ['an unknown path', (headers) => at.get('/nothing', headers)],
  ['/healthz', (headers) => at.get('/healthz', headers)],
  ['the upgrade', (headers) => at.upgrade('inkling', headers)],
];

describe.each(doors)('%s', (name, open) => {
  const allowed = name === 'the upgrade' ? 101 : name === 'an unknown path' ? 404 : 200;

  it('opens with the token', async () => {
    expect((await open(at.bearer)).status).toBe(allowed);
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
      expect((await open({ ...at.bearer, Host: host })).status).toBe(403);
      expect((await open({ Host: host })).status).toBe(403);
    },
  );

  it.each(['127.0.0.1', 'localhost'])('answers to the Host %s with its port', async (host) => {
    expect((await open({ ...at.bearer, Host: `${host}:${at.port}` })).status).toBe(allowed);
  });

  it.each(['https://evil.example', 'null', 'http://127.0.0.1:1', 'file://', 'http://localhost'])(
    'is shut for the Origin "%s"',
    async (origin) => {
      expect((await open({ ...at.bearer, Origin: origin })).status).toBe(403);
    },
  );

  it('opens for its own Origin', async () => {
    expect((await open({ ...at.bearer, Origin: `http://127.0.0.1:${at.port}` })).status).toBe(allowed);
    expect((await open({ ...at.bearer, Origin: `http://localhost:${at.port}` })).status).toBe(allowed);
  });

  it('never allows another site to read the answer', async () => {
    const answers = [await open(at.bearer), await open({ ...at.bearer, Origin: 'https://evil.example' })];
    for (const { headers } of answers)
      expect(Object.keys(headers).filter((header) => header.startsWith('access-control'))).toEqual([]);
  });
});

describe('the cookie', () => {
  it('comes with the page, is not the token, and is for this port and this site only', async () => {
    const { headers } = await at.get(`/?token=${at.server.guard.secrets.token}`);
    const [set = ''] = headers['set-cookie'] ?? [];
    expect(set).toBe(
      `inkling-${at.port}=${at.server.guard.secrets.cookie}; Path=/; HttpOnly; SameSite=Strict`,
    );
    expect(set).not.toContain(at.server.guard.secrets.token);
  });

  it('opens the page again, its files and /healthz', async () => {
    for (const path of ['/', '/theme.js', '/assets/main-a1b2.js', '/healthz'])
      expect((await at.get(path, at.cookie)).status, path).toBe(200);
  });

  it('does not open the socket, by whatever way it is sent', async () => {
    const { cookie: value } = at.server.guard.secrets;
    expect((await at.upgrade('inkling', at.cookie)).status).toBe(401);
    expect((await at.upgrade(`inkling, ${value}`, at.cookie)).status).toBe(401);
    expect((await at.upgrade('inkling', { Authorization: `Bearer ${value}` })).status).toBe(401);
  });

  it('does not count with another value or another port in its name', async () => {
    expect((await at.get('/', { Cookie: `inkling-${at.port}=${'A'.repeat(43)}` })).status).toBe(401);
    expect((await at.get('/', { Cookie: `inkling-1=${at.server.guard.secrets.cookie}` })).status).toBe(401);
  });
});

describe('the key in the address', () => {
  it('opens the page with the token', async () => {
    const { status, body } = await at.get(`/?token=${at.server.guard.secrets.token}`);
    expect(status).toBe(200);
    expect(body).toContain('the page');
  });

  it('is refused with words when it is wrong, even beside a good cookie', async () => {
    const answer = await at.get('/?token=wrong', at.cookie);
    expect(answer.status).toBe(403);
    expect(answer.body).toContain('start it again');
  });

  it('opens nothing but the page', async () => {
    for (const path of ['/healthz', '/theme.js', '/rpc', '/nothing'])
      expect((await at.get(`${path}?token=${at.server.guard.secrets.token}`)).status, path).toBe(401);
    expect((await at.upgrade('inkling', {}, `/rpc?token=${at.server.guard.secrets.token}`)).status).toBe(401);
  });

  it('may be a ticket, which is good once and turns into the token', async () => {
    const ticket = at.server.guard.newTicket();
    expect((await request(at.port, `/?ticket=${ticket}`, { method: 'HEAD' })).status).toBe(403);
    const first = await at.get(`/?ticket=${ticket}`);
    expect(first.status).toBe(303);
    expect(first.headers.location).toBe(`/?token=${at.server.guard.secrets.token}`);
    const second = await at.get(`/?ticket=${ticket}`);
    expect(second.status).toBe(403);
    expect(second.body).toContain('good for one use');
  });
});

describe('the upgrade', () => {
  it('takes the token as a subprotocol and answers with the plain name', async () => {
    const { status, headers } = await at.upgrade(`inkling, ${at.server.guard.secrets.token}`);
    expect(status).toBe(101);
    expect(headers['sec-websocket-protocol']).toBe('inkling');
  });

  it('takes the token alone', async () => {
    const { status, headers } = await at.upgrade(at.server.guard.secrets.token);
    expect(status).toBe(101);
    expect(headers['sec-websocket-protocol']).toBe(at.server.guard.secrets.token);
  });

  it('is at /rpc and nowhere else', async () => {
    for (const path of ['/', '/rpc/', '/rpc?x=1', '/healthz', '//rpc'])
      expect((await at.upgrade(`inkling, ${at.server.guard.secrets.token}`, {}, path)).status, path).toBe(
        404,
      );
  });

  it('refuses a plain request to /rpc', async () => {
    expect((await at.get('/rpc', at.bearer)).status).toBe(426);
  });

  it('gives no port to whoever was refused', async () => {
    const before = at.ports.length;
    await at.upgrade('inkling, wrong');
    await at.upgrade(`inkling, ${at.server.guard.secrets.token}`, { Origin: 'https://evil.example' });
    expect(at.ports.length).toBe(before);
  });
});
