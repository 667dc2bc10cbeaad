import { existsSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openStorage } from '../../../electron/services/storage/openStorage.ts';
import { app } from '../../fakes/electron/app.ts';
import { BrowserWindow } from '../../fakes/electron/browserWindow.ts';
import { nativeTheme, person } from '../../fakes/electron/desktop.ts';
import { askedFor, orderOf } from '../../fakes/electron/record.ts';
import { resetElectron } from '../../fakes/electron/reset.ts';
import { apiOf, newFolder, startDesktop, startMain, stopDesktop, theWindow } from './startDesktop.ts';

const soon = { timeout: 5000, interval: 5 };
afterEach(stopDesktop);

describe('the desktop app', () => {
  it('serves its window over the one channel, from the data folder of the command line', async () => {
    const { dataDir, window } = await startDesktop();
    const api = apiOf(window);
    expect(await api.app.info(null)).toMatchObject({ dataDir, version: '0.1.0' });
    const { id } = await api.conversations.create({ title: 'First' });
    expect(await api.conversations.list({})).toMatchObject({
      total: 1,
      conversations: [{ id, title: 'First' }],
    });
  });

  it('runs the engine in a utility process with a name and a clean environment', async () => {
    const { window } = await startDesktop();
    for await (const status of apiOf(window).engine.watch(null)) if (status.process === 'running') break;
    const [entry, , options] = askedFor('utilityProcess.fork')[0] as [
      string,
      unknown,
      { serviceName: string; env: object },
    ];
    expect(entry).toMatch(/scriptedEngine\.ts$/);
    expect(options.serviceName).toBe('Inkling scriptedEngine');
    expect(Object.keys(options.env).filter((name) => /^(NODE_OPTIONS|ELECTRON_|npm_)/.test(name))).toEqual(
      [],
    );
  });

  it('keeps what Chromium stores inside the data folder, readable by nobody else', async () => {
    const { dataDir } = await startMain();
    expect(askedFor('app.setPath')).toEqual([
      ['userData', join(dataDir, 'electron')],
      ['sessionData', join(dataDir, 'electron')],
      ['crashDumps', join(dataDir, 'electron/crashes')],
    ]);
    expect(statSync(join(dataDir, 'electron')).mode & 0o777).toBe(0o700);
    expect(orderOf('app.setPath')).toBeLessThan(orderOf('app.requestSingleInstanceLock'));
  });

  it('leaves at once when another instance runs, and touches no data', async () => {
    app.taken = true;
    const { dataDir } = await startMain();
    app.becomeReady();
    expect(app.exitCode).toBe(0);
    expect(BrowserWindow.open).toEqual([]);
    expect(existsSync(join(dataDir, 'inkling.sqlite'))).toBe(false);
  });

  it('shows its window when a second instance is started', async () => {
    const { window } = await startDesktop();
    window.minimized = true;
    app.emit('second-instance', {}, [], '');
    expect(window).toMatchObject({ minimized: false, visible: true, focused: 1 });
    expect(BrowserWindow.open).toHaveLength(1);
  });

  it('says in a dialog who has the data when another process holds it, and ends', async () => {
    const dataDir = newFolder();
    const holder = openStorage({ dataDir });
    await startMain({ dataDir });
    app.becomeReady();
    await expect.poll(() => askedFor('dialog.showErrorBox').length, soon).toBe(1);
    expect(askedFor('dialog.showErrorBox')[0]).toEqual([
      'Inkling could not start',
      expect.stringMatching(/another|already|other/i),
    ]);
    expect(app.exitCode).toBe(1);
    expect(BrowserWindow.open).toEqual([]);
    await holder.close();
  });

  it('ends with words when the window was never built', async () => {
    await startMain();
    const { findEntries } = await import('../../../electron/hosts/entries.ts');
    rmSync(join(findEntries('').rendererDir, 'index.html'));
    app.becomeReady();
    await expect.poll(() => askedFor('dialog.showErrorBox').length, soon).toBe(1);
    expect(askedFor('dialog.showErrorBox')[0]?.[1]).toMatch(/not built/);
    expect(app.exitCode).toBe(1);
  });

  it('holds the end back until the services are closed, and the data can be opened again', async () => {
    const { dataDir, window } = await startDesktop();
    await apiOf(window).conversations.create({ title: 'Kept' });
    app.quit();
    expect(app.exitCode).toBeUndefined();
    await expect.poll(() => app.exitCode, soon).toBe(0);
    resetElectron();
    const again = await startDesktop({ dataDir });
    expect(await apiOf(again.window).conversations.list({})).toMatchObject({
      total: 1,
      conversations: [{ title: 'Kept' }],
    });
  });

  it('stops what a window was waiting for when it is closed, and opens a new one on macOS when asked', async () => {
    const { window } = await startDesktop();
    const watching = apiOf(window).library.watch(null)[Symbol.asyncIterator]();
    await watching.next();
    app.removeAllListeners('window-all-closed');
    window.close();
    expect(BrowserWindow.open).toEqual([]);
    app.emit('activate');
    await expect.poll(() => BrowserWindow.open[0]?.visible, soon).toBe(true);
    expect(await apiOf(theWindow()).app.info(null)).toMatchObject({ version: '0.1.0' });
  });

  it.runIf(process.platform !== 'darwin')('ends when its window is closed', async () => {
    const { window } = await startDesktop();
    window.close();
    await expect.poll(() => app.exitCode, soon).toBe(0);
  });

  it('gives the window frame the theme of the settings', async () => {
    const { window } = await startDesktop();
    await apiOf(window).settings.set({ theme: 'dark' });
    await expect.poll(() => nativeTheme.themeSource, soon).toBe('dark');
  });

  it('ends with words after a fault of its own', async () => {
    await startDesktop();
    const added = process.listeners('uncaughtException').at(-1);
    added?.(new Error('the roof fell'), 'uncaughtException');
    expect(askedFor('dialog.showErrorBox')[0]).toEqual([
      'Inkling stopped after an error of its own',
      expect.stringMatching(/saved is safe.*the roof fell/),
    ]);
    expect(app.exitCode).toBe(70);
  });
});

describe('a window whose process is gone', () => {
  it('loads again by itself, and works', async () => {
    const { window } = await startDesktop();
    window.webContents.crash('oom');
    await expect.poll(() => askedFor('window.loadURL').length, soon).toBe(2);
    expect(await apiOf(window).app.info(null)).toMatchObject({ version: '0.1.0' });
    expect(askedFor('dialog.showMessageBox')).toEqual([]);
  });

  it('asks the second time, and quits or loads as the person says', async () => {
    const { window } = await startDesktop();
    window.webContents.crash('crashed');
    await expect.poll(() => window.webContents.isCrashed(), soon).toBe(false);
    person.button = 0;
    window.webContents.crash('crashed');
    await expect.poll(() => askedFor('window.loadURL').length, soon).toBe(3);
    expect(askedFor('dialog.showMessageBox')[0]?.[0]).toMatchObject({
      detail: expect.stringMatching(/safe/),
    });
    person.button = 1;
    window.webContents.crash('crashed');
    await expect.poll(() => app.exitCode, soon).toBe(0);
  });

  it('asks whether to wait when the page hangs', async () => {
    const { window } = await startDesktop();
    person.button = 0;
    window.emit('unresponsive');
    await expect.poll(() => askedFor('dialog.showMessageBox').length, soon).toBe(1);
    expect(askedFor('contents.forcefullyCrashRenderer')).toEqual([]);
    person.button = 1;
    window.emit('unresponsive');
    await expect.poll(() => askedFor('contents.forcefullyCrashRenderer').length, soon).toBe(1);
    await expect.poll(() => window.webContents.isCrashed(), soon).toBe(false);
  });
});
