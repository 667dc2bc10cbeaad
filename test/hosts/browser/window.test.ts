import { existsSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { type FakeWorld, makeFakeWorld } from './fakePrograms.ts';
import { request } from './request.ts';
import { type HostProcess, isRunning, makeDir, removeDir, spawnHost } from './startHost.ts';

let dir: string;
let world: FakeWorld;
beforeEach(() => {
  dir = makeDir();
  world = makeFakeWorld(dir);
});
afterEach(() => removeDir(dir));

/** Starts a host that shows a window, in a world where only our scripts are installed. */
function start(...args: string[]): HostProcess {
  const host = spawnHost(['--port', '0', '--data-dir', `${dir}/data`, ...args], { env: world.env });
  onTestFinished(() => void host.process.kill('SIGKILL'));
  return host;
}
const appAddress = (args: readonly string[] | undefined) =>
  new URL(args?.find((arg) => arg.startsWith('--app='))?.slice('--app='.length) ?? 'none:');
const started = { timeout: 20_000 };

describe('the app in a window', () => {
  it('gives the browser a ticket, not the token, and lives as long as its window', async () => {
    world.install('chromium', 'exec /bin/sleep 7');
    const host = start();
    await expect.poll(() => world.calledWith('chromium'), started).toBeDefined();
    const address = appAddress(world.calledWith('chromium'));
    expect(address.searchParams.has('token')).toBe(false);
    const port = Number(address.port);
    const first = await request(port, address.pathname + address.search);
    expect(first.status).toBe(303);
    expect((await request(port, String(first.headers.location))).status).toBe(200);
    expect((await request(port, address.pathname + address.search)).status).toBe(403);

    const { code, stdout, stderr } = await host.ended;
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toMatch(/^Inkling runs at http:\/\/127\.0\.0\.1:\d+\/\?token=\S+\n$/);
  });

  it('closes its window when it is stopped', async () => {
    world.install('chromium', `echo $$ > ${dir}/pid\nexec /bin/sleep 60`);
    const host = start();
    await expect.poll(() => existsSync(`${dir}/pid`), started).toBe(true);
    const pid = Number(readFileSync(`${dir}/pid`, 'utf8'));
    host.process.kill('SIGTERM');
    expect((await host.ended).code).toBe(0);
    await expect.poll(() => isRunning(pid), { timeout: 5000 }).toBe(false);
  });

  it('serves on in a tab of the default browser, and says how to stop', async () => {
    world.install('xdg-open', 'exit 0');
    const host = start();
    await expect.poll(() => host.stderr(), started).toContain('opened in your browser. Ctrl+C stops');
    host.process.kill('SIGINT');
    expect((await host.ended).code).toBe(0);
  });

  it('prints the address where nothing can show it, or when asked to', async () => {
    const none = start();
    await expect.poll(() => none.stderr(), started).toContain('Open the address above in a browser');
    none.process.kill('SIGTERM');
    await none.ended;
    world.install('chromium', 'exec /bin/sleep 60');
    const quiet = start('--no-open');
    await expect.poll(() => quiet.stderr(), started).toContain('Open the address above');
    expect(world.calledWith('chromium')).toBeUndefined();
  });
});
