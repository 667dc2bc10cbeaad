import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import { contract } from '../../../electron/contract/index.ts';
import { connect } from '../../../electron/rpc/connect.ts';
import { createBridgePort, type InklingBridge } from '../../../renderer/platform/bridgePort.ts';
import { app } from '../../fakes/electron/app.ts';
import { BrowserWindow } from '../../fakes/electron/browserWindow.ts';
import { buildPreload } from '../../fakes/electron/buildPreload.ts';
import { resetElectron } from '../../fakes/electron/reset.ts';

vi.mock('electron', () => import('../../fakes/electron/index.ts'));
// The window is a small one made here, so that this suite needs no build; all processes are the real sources.
vi.mock('../../../electron/hosts/entries.ts', () => ({ findEntries: () => entries }));

const root = join(import.meta.dirname, '../../..');
const engine = join(root, 'test/fakes/scriptedEngine.ts');
const entries = {
  engine,
  scan: join(root, 'electron/engine/scan/main.ts'),
  rendererDir: '',
  modelsDir: join(root, 'test/fixtures/no-models'),
};
export const page = '<meta name="csp-nonce" content="__INKLING_NONCE__"><script src="/assets/a.js"></script>';

const folders: string[] = [];
let faultListeners: NodeJS.UncaughtExceptionListener[] = [];
let starts = 0;

/** A fresh data folder that is deleted after the test. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'inkling-desktop-'));
  folders.push(folder);
  return folder;
}

/** Runs the desktop's `main.ts` against the stand-in up to the moment before Electron is ready. */
export async function startMain(options: { dataDir?: string; args?: readonly string[] } = {}) {
  faultListeners = process.listeners('uncaughtException');
  const dataDir = options.dataDir ?? newFolder();
  const dist = newFolder();
  entries.rendererDir = join(dist, 'renderer');
  mkdirSync(join(dist, 'renderer/assets'), { recursive: true });
  writeFileSync(join(dist, 'renderer/index.html'), page);
  writeFileSync(join(dist, 'renderer/assets/a.js'), 'void 0;');
  await buildPreload(dist);
  process.argv = ['inkling', '--data-dir', dataDir, ...(options.args ?? [])];
  const main = join(root, 'electron/hosts/desktop/main.ts');
  await import(/* @vite-ignore */ `${main}?start=${++starts}`);
  return { dataDir };
}

/** Starts the app and waits for its window. */
export async function startDesktop(options: Parameters<typeof startMain>[0] = {}) {
  const { dataDir } = await startMain(options);
  app.becomeReady();
  await expect.poll(() => BrowserWindow.open[0]?.visible, { timeout: 5000, interval: 5 }).toBe(true);
  return { dataDir, window: theWindow() };
}

/** The one window that is open. */
export function theWindow(): BrowserWindow {
  const [window] = BrowserWindow.open;
  if (!window) throw new Error('no window is open');
  return window;
}

/** The app's API, as the page in the window gets it. */
export const apiOf = (window: BrowserWindow) =>
  connect(contract, createBridgePort(window.webContents.page?.window['inkling'] as InklingBridge));

/** Quits the app, waits until it ended, and forgets everything. */
export async function stopDesktop(): Promise<void> {
  if (app.ready && app.exitCode === undefined) {
    app.quit();
    await expect.poll(() => app.exitCode, { timeout: 5000, interval: 5 }).toBeDefined();
  }
  for (const listener of process.listeners('uncaughtException'))
    if (!faultListeners.includes(listener)) process.off('uncaughtException', listener);
  resetElectron();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}
