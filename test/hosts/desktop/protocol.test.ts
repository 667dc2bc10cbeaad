import { beforeAll, describe, expect, it, vi } from 'vitest';
import { app } from '../../fakes/electron/app.ts';
import { resetElectron } from '../../fakes/electron/reset.ts';
import { session } from '../../fakes/electron/session.ts';

vi.mock('electron', () => import('../../fakes/electron/index.ts'));

const files = new Map([
  [
    '/assets/index-abc.js',
    { type: 'text/javascript; charset=utf-8', body: Buffer.from('void 0'), immutable: true },
  ],
  ['/icon.svg', { type: 'image/svg+xml; charset=utf-8', body: Buffer.from('<svg/>'), immutable: false }],
]);
const page = '<meta content="__INKLING_NONCE__">';
const ask = async (url: string, method = 'GET') => {
  const handler = session.defaultSession.served.get('app');
  if (!handler) throw new Error('nobody serves app:');
  return handler({ url, method } as Request);
};

beforeAll(async () => {
  resetElectron();
  app.becomeReady();
  const { serveWindow } = await import('../../../electron/hosts/desktop/protocol.ts');
  serveWindow(session.defaultSession as unknown as Electron.Session, { page, files });
});

describe('app://inkling/', () => {
  it('answers exactly the page and the built files, with their types', async () => {
    const root = await ask('app://inkling/');
    expect(root.status).toBe(200);
    expect(root.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(root.headers.get('cache-control')).toBe('no-store');
    const script = await ask('app://inkling/assets/index-abc.js');
    expect(await script.text()).toBe('void 0');
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(script.headers.get('cache-control')).toContain('immutable');
    expect((await ask('app://inkling/icon.svg')).headers.get('cache-control')).toBe('no-cache');
  });

  it('forbids sniffing and embedding everywhere', async () => {
    for (const url of ['app://inkling/', 'app://inkling/icon.svg', 'app://inkling/missing']) {
      const { headers } = await ask(url);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    }
  });

  it.each([
    'app://inkling/index.html',
    'app://inkling//icon.svg',
    'app://inkling/%69con.svg',
    'app://inkling/assets/',
    'app://inkling/../package.json',
    'app://inkling/..%2f..%2fpackage.json',
    'app://inkling/assets/%2e%2e/%2e%2e/etc/passwd',
    'app://inkling//etc/passwd',
    'app://inkling/C:/Windows/win.ini',
    'app://inkling/icon.svg%00.js',
    'app://inkling/__proto__',
    'app://inkling/constructor',
    'app://other/icon.svg',
    'app://user@inkling/icon.svg',
    'app://inkling:80/icon.svg',
    'app:icon.svg',
    'not an address',
  ])('answers 404 to %s', async (url) => {
    const response = await ask(url);
    expect(response.status).toBe(404);
    expect(await response.text()).toBe('There is nothing here.\n');
  });

  it('is for reading only', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS'])
      expect((await ask('app://inkling/', method)).status).toBe(405);
    const head = await ask('app://inkling/icon.svg', 'HEAD');
    expect(head.status).toBe(200);
    expect(await head.text()).toBe('');
  });
});
