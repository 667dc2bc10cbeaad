import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import electronPackage from '../../../node_modules/electron/package.json' with { type: 'json' };
import packageJson from '../../../package.json' with { type: 'json' };
import { fuses } from '../../../scripts/afterPack.mjs';
import { BrowserWindow } from '../../fakes/electron/browserWindow.ts';
import { person } from '../../fakes/electron/desktop.ts';
import { DroppedFile } from '../../fakes/electron/page.ts';
import { askedFor, orderOf } from '../../fakes/electron/record.ts';
import { session } from '../../fakes/electron/session.ts';
import { createFrame } from '../../fakes/electron/webContents.ts';
import { permissions } from './permissions.ts';
import { apiOf, startDesktop, stopDesktop } from './startDesktop.ts';

const pageUrl = 'app://inkling/';
const foreign = [
  'https://example.org/',
  'http://127.0.0.1:1/',
  'ws://127.0.0.1:1/rpc',
  'ftp://example.org/',
  'file:///etc/passwd',
  'app://other/',
  'app:/inkling',
  'blob:https://example.org/1',
  'javascript:alert(1)',
  'devtools://devtools/bundled/inspector.html',
  'not an address',
];
const switches = () => new Map(askedFor('app.appendSwitch') as [string, string | undefined][]);
const preferences = (window: BrowserWindow) => window.options.webPreferences ?? {};

afterEach(stopDesktop);

describe("Electron's security checklist", () => {
  it('1. only loads secure content: nothing but our own files is ever requested', async () => {
    await startDesktop();
    expect(askedFor('window.loadURL')).toEqual([[pageUrl]]);
    const ask = (url: string) => session.defaultSession.answer('onBeforeRequest', { url });
    for (const url of foreign) expect(ask(url), url).toEqual({ cancel: true });
    for (const url of [pageUrl, `${pageUrl}assets/a.js`, 'data:image/png;base64,AA'])
      expect(ask(url), url).toEqual({ cancel: false });
    const certificate = session.defaultSession.answer('setCertificateVerifyProc', {
      hostname: 'example.org',
    });
    expect(certificate).toBe(-2);
  });

  it('2. does not enable Node.js integration: not in pages, frames or workers', async () => {
    const { window } = await startDesktop();
    expect(preferences(window)).toMatchObject({
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      nodeIntegrationInWorker: false,
    });
  });

  it('3. enables context isolation', async () => {
    const { window } = await startDesktop();
    expect(preferences(window)).toMatchObject({ contextIsolation: true });
  });

  it('4. enables process sandboxing, for everything, before anything is shown', async () => {
    const { window } = await startDesktop();
    expect(preferences(window)).toMatchObject({ sandbox: true });
    expect(orderOf('app.enableSandbox')).toBeGreaterThanOrEqual(0);
    expect(orderOf('app.enableSandbox')).toBeLessThan(orderOf('new BrowserWindow'));
    expect([...switches().keys()]).not.toContain('no-sandbox');
  });

  it('5. handles permission requests: every one is denied, and so is every device, screen and download', async () => {
    await startDesktop();
    const own = session.defaultSession;
    const check = own.handlers.get('setPermissionCheckHandler') as (...args: unknown[]) => boolean;
    for (const permission of permissions) {
      expect(own.answer('setPermissionRequestHandler', null, permission), permission).toBe(false);
      expect(check(null, permission, pageUrl, {}), permission).toBe(false);
    }
    const device = own.handlers.get('setDevicePermissionHandler') as (details: unknown) => boolean;
    expect(device({ deviceType: 'usb', origin: pageUrl })).toBe(false);
    expect(own.answer('setDisplayMediaRequestHandler', {})).toBeNull();
    expect(own.answer('setBluetoothPairingHandler', {})).toEqual({ confirmed: false });
    let refused = false;
    const preventDefault = () => {
      refused = true;
    };
    own.emit('will-download', { preventDefault });
    expect(refused).toBe(true);
  });

  it('6. does not disable webSecurity', async () => {
    const { window } = await startDesktop();
    expect(preferences(window)).toMatchObject({ webSecurity: true });
    expect([...switches().keys()]).not.toContain('disable-web-security');
  });

  it('7. defines a content security policy with a new nonce at every load', async () => {
    const { window } = await startDesktop();
    const policies: string[] = [];
    for (let load = 0; load < 2; load++) {
      await window.webContents.reload();
      const { response } = window.webContents;
      const policy = response?.headers.get('content-security-policy') ?? '';
      const nonce = /'nonce-([\w-]{22})'/.exec(policy)?.[1];
      expect(nonce).toBeDefined();
      expect(await response?.text()).toContain(`content="${nonce}"`);
      policies.push(policy);
      expect(policy.replace(nonce ?? '', 'N').split('; ')).toEqual([
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self' 'nonce-N'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "object-src 'none'",
      ]);
    }
    expect(policies[0]).not.toBe(policies[1]);
  });

  it('8. does not allow insecure content', async () => {
    const { window } = await startDesktop();
    expect(preferences(window)).toMatchObject({ allowRunningInsecureContent: false });
    expect([...switches().keys()]).not.toContain('allow-running-insecure-content');
  });

  it('9. does not enable experimental features', async () => {
    const { window } = await startDesktop();
    expect(preferences(window)).toMatchObject({ experimentalFeatures: false, plugins: false });
    expect([...switches().keys()]).not.toContain('enable-experimental-web-platform-features');
  });

  it('10. does not use enableBlinkFeatures', async () => {
    const { window } = await startDesktop();
    expect(preferences(window)).not.toHaveProperty('enableBlinkFeatures');
    expect([...switches().keys()].filter((name) => /^enable-(blink-)?features/.test(name))).toEqual([]);
  });

  it('11. does not use allowpopups: there are no webviews', async () => {
    const { window } = await startDesktop();
    expect(preferences(window)).toMatchObject({ webviewTag: false });
  });

  it('12. verifies webview options: none is ever attached', async () => {
    const { window } = await startDesktop();
    expect(window.webContents.ask('will-attach-webview', {}, { nodeIntegration: true }, {})).toBe(false);
  });

  it('13. disables navigation, redirects and frames, and the refused page goes on working', async () => {
    const { window } = await startDesktop();
    const { webContents } = window;
    const api = apiOf(window);
    const watching = api.library.watch(null)[Symbol.asyncIterator]();
    await watching.next();
    for (const url of [...foreign.filter((url) => URL.canParse(url)), pageUrl, `${pageUrl}?x`]) {
      expect(await webContents.navigate(url), url).toBe(false);
      expect(webContents.ask('will-frame-navigate', { url, isMainFrame: false }), url).toBe(false);
      expect(webContents.ask('will-redirect', { url }), url).toBe(false);
    }
    expect(webContents.mainFrame.url).toBe(pageUrl);
    expect(await api.app.info(null)).toMatchObject({ version: '0.1.0' });
  });

  it('14. disables new windows; a link is offered to the browser after its full address was shown', async () => {
    const { window } = await startDesktop();
    person.button = 1;
    for (const url of [...foreign, 'about:blank', pageUrl])
      expect(window.webContents.open(url), url).toBe('deny');
    expect(BrowserWindow.open).toHaveLength(1);
    const shown = askedFor('dialog.showMessageBox').map(
      ([options]) => (options as { detail: string }).detail,
    );
    expect(shown).toEqual(['https://example.org/', 'http://127.0.0.1:1/']);
    expect(askedFor('shell.openExternal')).toEqual([]);
    person.button = 0;
    window.webContents.open('https://example.org/full?address#shown');
    await expect
      .poll(() => askedFor('shell.openExternal'))
      .toEqual([['https://example.org/full?address#shown']]);
  });

  it('15. gives shell.openExternal nothing but http, https and mailto', async () => {
    const { window } = await startDesktop();
    const { host } = apiOf(window);
    const refused = [
      'file:///etc/passwd',
      'javascript:alert(1)',
      'smb://h/s',
      'ms-msdt:/x',
      'https:',
      'C:\\x',
      '/x',
    ];
    for (const url of refused)
      await expect(host.openLink({ url })).rejects.toMatchObject({ code: 'bad_input' });
    expect(askedFor('shell.openExternal')).toEqual([]);
    await host.openLink({ url: 'mailto:someone@example.org' });
    expect(askedFor('shell.openExternal')).toEqual([['mailto:someone@example.org']]);
  });

  it('16. uses a current version of Electron, pinned exactly', () => {
    expect(packageJson.devDependencies.electron).toBe(electronPackage.version);
    expect(Number(electronPackage.version.split('.')[0])).toBeGreaterThanOrEqual(45);
  });

  it('17. validates the sender of every message', async () => {
    const { window } = await startDesktop();
    const { webContents } = window;
    const api = apiOf(window);
    await api.app.info(null);
    const frame = { type: 'call', id: 'evil', path: 'conversations.create', input: { title: 'evil' } };
    const other = createFrame('https://example.org/');
    const subframe = createFrame(pageUrl, webContents.mainFrame);
    const senders: [string, unknown, unknown][] = [
      ['a frame that is gone', null, webContents],
      ['a page of another origin', other, webContents],
      ['a frame of ours inside the page', subframe, webContents],
      ['a page of ours that is not the one shown', createFrame(pageUrl), webContents],
      ['another window', webContents.mainFrame, {}],
    ];
    for (const [, senderFrame, sender] of senders)
      webContents.arrive('inkling', senderFrame as null, ['some-page', frame], sender);
    for (const id of [null, 7, '', 'x'.repeat(65), { a: 1 }])
      webContents.arrive('inkling', webContents.mainFrame, [id, frame]);
    webContents.mainFrame = other;
    webContents.arrive('inkling', other, ['some-page', frame]);
    webContents.mainFrame = webContents.page?.frame ?? other;
    expect((await api.conversations.list({})).total).toBe(0);
    expect(webContents.ipc.eventNames()).toEqual(['inkling']);
  });

  it('18. uses a protocol of its own instead of file://', async () => {
    await startDesktop();
    expect(askedFor('protocol.handle')).toEqual([['app']]);
    expect(askedFor('protocol.registerSchemesAsPrivileged')).toEqual([
      [
        [
          {
            scheme: 'app',
            privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
          },
        ],
      ],
    ]);
    const folder = join(import.meta.dirname, '../../../electron/hosts/desktop');
    for (const name of readdirSync(folder).filter((file) => file.endsWith('.ts')))
      expect(readFileSync(join(folder, name), 'utf8'), name).not.toMatch(/['"`]file:|\.loadFile/);
  });

  it('19. sets every fuse when it is packaged (test/packaging shows each in the program)', () => {
    const inOrder = [false, true, false, false, true, true, false, false, true];
    expect(Object.values(fuses)).toEqual(inOrder);
  });

  it('20. exposes no Electron API to the page: frames in, frames out, and the path of a file that was dropped on it', async () => {
    const { window } = await startDesktop();
    const { page } = window.webContents;
    expect(Object.keys(page?.window ?? {})).toEqual(['inkling']);
    const bridge = page?.window['inkling'] as Record<string, (...args: unknown[]) => unknown>;
    expect(Object.keys(bridge).sort()).toEqual(['onFrame', 'pathOf', 'post']);
    expect(Object.isFrozen(bridge)).toBe(true);
    // Only a file of the system's own has a path: a page cannot make one up.
    expect(bridge['pathOf']?.(new DroppedFile('/models/a.gguf'))).toBe('/models/a.gguf');
    for (const made of ['/etc/passwd', { path: '/etc/passwd' }])
      expect(() => bridge['pathOf']?.(made)).toThrow('not a File');
    const received: unknown[][] = [];
    expect(bridge['onFrame']?.((...args: unknown[]) => received.push(args))).toBeUndefined();
    expect(bridge['post']?.({ type: 'call', id: 1, path: 'nothing.there', input: null })).toBeUndefined();
    await expect.poll(() => received).toMatchObject([[{ type: 'error', id: 1 }]]);
    expect(received[0]).toHaveLength(1);
  });
});
