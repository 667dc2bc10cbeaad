import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findBrowser } from './findBrowser.ts';
import { openExternal } from './host.ts';
import { hasDisplay, type World } from './programs.ts';

/** How the app is shown: in a window of its own, as a tab of the default browser, or not at all. */
export type Shown =
  | { readonly kind: 'window'; readonly closed: Promise<void> }
  | { readonly kind: 'browser' }
  | { readonly kind: 'none' };

/** A browser that ends sooner than this, in ms, is not the one that shows the window. */
const earlyMs = 4000;

/**
 * Shows the app. `address` makes a fresh address for one load each time. The window is an installed browser's
 * chromeless one with a profile of its own in `profileDir`, kept from the network; an abort closes it.
 */
export async function openWindow(
  world: World,
  address: () => string,
  profileDir: string,
  signal: AbortSignal,
): Promise<Shown> {
  if (!hasDisplay(world)) return { kind: 'none' };
  const browser = findBrowser(world);
  const window = browser ? await openAppWindow(world, browser, address(), profileDir, signal) : undefined;
  if (window) return window;
  if (signal.aborted) return { kind: 'none' };
  return openExternal(world, address()).then(
    () => ({ kind: 'browser' }),
    () => ({ kind: 'none' }),
  );
}

async function openAppWindow(
  world: World,
  browser: string,
  url: string,
  profileDir: string,
  signal: AbortSignal,
): Promise<Shown | undefined> {
  prepareProfile(profileDir);
  const asRoot = process.getuid?.() === 0;
  const args = [...flags, `--user-data-dir=${profileDir}`, ...(asRoot ? rootFlags : []), `--app=${url}`];
  const child = spawn(browser, args, {
    env: world.env,
    stdio: 'ignore',
    detached: world.platform !== 'win32',
  });
  signal.addEventListener('abort', () => child.kill(), { once: true });
  const ended = new Promise<number | null>((resolve) => {
    child.on('error', () => resolve(null));
    child.on('exit', (code) => resolve(code));
  });
  const timer = new Promise<'open'>((resolve) => setTimeout(resolve, earlyMs, 'open'));
  const early = await Promise.race([ended, timer]);
  if (early === 'open') return { kind: 'window', closed: ended.then(() => {}) };
  // An Inkling window that outlived its server took the address over; there is no process of ours to wait for.
  return early === 0 ? { kind: 'browser' } : undefined;
}

/** Settings that have no flag, written once: the spell checker fetches dictionaries unless it is off from the start. */
function prepareProfile(profileDir: string) {
  const folder = join(profileDir, 'Default');
  const file = join(folder, 'Preferences');
  if (existsSync(file)) return;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const preferences = { browser: { enable_spellchecking: false }, spellcheck: { dictionaries: [] } };
  writeFileSync(file, JSON.stringify(preferences), { mode: 0o600 });
}

/** Browsers refuse to run as root with their sandbox on; the second flag keeps them from warning about the first. */
const rootFlags = ['--no-sandbox', '--test-type'];

/** A quiet browser: no first run, no calls home, and no name but our own address resolves. */
const flags = [
  '--no-first-run',
  '--no-default-browser-check',
  '--no-service-autorun',
  '--no-pings',
  '--no-proxy-server',
  '--disable-background-networking',
  '--disable-breakpad',
  '--disable-client-side-phishing-detection',
  '--disable-component-update',
  '--disable-component-extensions-with-background-pages',
  '--disable-default-apps',
  '--disable-domain-reliability',
  '--disable-extensions',
  '--disable-sync',
  '--disable-translate',
  '--disable-features=AutofillServerCommunication,CertificateTransparencyComponentUpdater,DialMediaRouteProvider,MediaRouter,OptimizationHints,Translate',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
  '--metrics-recording-only',
  '--password-store=basic',
  '--use-mock-keychain',
  '--window-size=1280,800',
];
