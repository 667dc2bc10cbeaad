import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWindow } from '../../../electron/hosts/browser/openWindow.ts';
import { type FakeWorld, makeFakeWorld } from './fakePrograms.ts';
import { makeDir, removeDir } from './startHost.ts';

let dir: string;
let world: FakeWorld;
beforeEach(() => {
  dir = makeDir();
  world = makeFakeWorld(dir);
});
afterEach(() => removeDir(dir));

const address = () => 'http://127.0.0.1:4655/?ticket=t';
const open = (at = world, signal = new AbortController().signal) =>
  openWindow(at, address, join(dir, 'window'), signal);

describe('the window', () => {
  it('is a chromeless one of an installed browser, with a profile of its own and no network', async () => {
    world.install('chromium', 'exec /bin/sleep 60');
    const stop = new AbortController();
    const shown = await open(world, stop.signal);
    expect(shown.kind).toBe('window');
    const args = world.calledWith('chromium') ?? [];
    expect(args).toContain(`--app=${address()}`);
    expect(args).toContain(`--user-data-dir=${join(dir, 'window')}`);
    for (const flag of ['background-networking', 'component-update', 'sync'])
      expect(args).toContain(`--disable-${flag}`);
    expect(args).toContain('--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1');
    const preferences = JSON.parse(readFileSync(join(dir, 'window/Default/Preferences'), 'utf8'));
    expect(preferences.browser.enable_spellchecking).toBe(false);

    stop.abort();
    await (shown.kind === 'window' ? shown.closed : Promise.reject());
  });

  it('is a tab of the default browser where no browser can show one, or the one that is there fails', async () => {
    world.install('xdg-open', 'exit 0');
    expect(await open()).toEqual({ kind: 'browser' });
    world.install('chromium', 'exit 1');
    expect(await open()).toEqual({ kind: 'browser' });
    expect(world.calledWith('xdg-open')).toEqual([address()]);
  });

  it('is left to a window that outlived its server', async () => {
    world.install('xdg-open', 'exit 0');
    world.install('chromium', 'exit 0');
    expect(await open()).toEqual({ kind: 'browser' });
    expect(world.calledWith('xdg-open')).toBeUndefined();
  });

  it('is none without a display, or without any browser', async () => {
    expect(await open()).toEqual({ kind: 'none' });
    world.install('chromium', 'exec /bin/sleep 60');
    expect(await open({ ...world, env: { PATH: world.env['PATH'] } })).toEqual({ kind: 'none' });
  });
});
