import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { request } from './request.ts';
import { isRunning, makeDir, type RunningHost, removeDir, spawnHost, startHost } from './startHost.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = makeDir();
});
afterEach(() => removeDir(dataDir));

async function start(options: Omit<Parameters<typeof startHost>[0], 'dataDir'> = {}): Promise<RunningHost> {
  const host = await startHost({ dataDir, ...options });
  onTestFinished(() => host.stop('SIGKILL').then(() => {}));
  return host;
}

/** Runs a host that is expected to end by itself. */
const run = (...args: string[]) => spawnHost(args).ended;
const healthOf = async (host: RunningHost) => {
  const headers = { Authorization: `Bearer ${host.token}` };
  return JSON.parse((await request(portOf(host), '/healthz', { headers })).body);
};
const portOf = (host: RunningHost) => Number(new URL(host.url).port);
/** Name and content of every file below a folder. */
const bytesIn = (dir: string) =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => `${file} ${createHash('sha256').update(readFileSync(file)).digest('hex')}`)
    .sort();

describe('a headless host', () => {
  it('prints one JSON line when ready, and nothing else on stdout', async () => {
    const host = await start();
    expect(host.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(Buffer.from(host.token, 'base64url').length).toBe(32);
    expect(host.pid).toBe(host.process.pid);
    expect(isRunning(host.enginePid)).toBe(true);
    const { stdout } = await host.stop();
    expect(Object.keys(JSON.parse(stdout))).toEqual(['url', 'token', 'pid', 'enginePid']);
    expect(stdout.split('\n')).toHaveLength(2);
  });

  it('tells its health', async () => {
    expect(await healthOf(await start())).toEqual({
      schema: expect.any(Number),
      sqlite: expect.stringMatching(/^3\./),
      engine: 'running',
      offline: true,
    });
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('stops cleanly on %s, with its engine', async (signal) => {
    const host = await start();
    const { code, stderr } = await host.stop(signal);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(isRunning(host.enginePid)).toBe(false);
    expect(readdirSync(dataDir), 'the database was closed').not.toContain('inkling.sqlite-wal');
  });

  it('stops while a client is connected that does not answer', async () => {
    const host = await start();
    const socket = connect(portOf(host), '127.0.0.1');
    socket.on('error', () => {});
    socket.write('GET / HTTP/1.1\r\nHost: ');
    expect((await host.stop()).code).toBe(0);
  });

  it('serves on when its terminal goes away', async () => {
    const host = await start();
    host.process.kill('SIGHUP');
    expect(await healthOf(host)).toMatchObject({ engine: 'running' });
  });

  it('serves on when nobody reads its output', async () => {
    const port = await freePort();
    const host = spawnHost(['--headless', '--port', String(port), '--data-dir', dataDir]);
    onTestFinished(() => void host.process.kill('SIGKILL'));
    host.process.stdout?.destroy();
    host.process.stderr?.destroy();
    await expect
      .poll(() => request(port, '/').catch(() => null), { timeout: 20_000 })
      .toMatchObject({ status: 401 });
    // The JSON line comes once the engine runs, and goes nowhere.
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect((await request(port, '/')).status).toBe(401);
  });

  it('takes its engine with it when it is killed', async () => {
    const host = await start();
    await host.stop('SIGKILL');
    await expect.poll(() => isRunning(host.enginePid), { timeout: 5000 }).toBe(false);
  });

  it('ends with words and a code after an error of its own, never going on silently', async () => {
    const thrower = join(dataDir, 'thrower.mjs');
    writeFileSync(thrower, 'process.on("SIGUSR2", () => { throw new Error("a fault of ours"); });');
    const host = await start({ env: { NODE_OPTIONS: `--import ${thrower}` } });
    host.process.kill('SIGUSR2');
    const { code, stderr } = await host.ended;
    expect(code).toBe(70);
    expect(stderr).toContain('a fault of ours');
    expect(stderr).toContain('What was saved is safe');
    await expect.poll(() => isRunning(host.enginePid), { timeout: 5000 }).toBe(false);
  });
});

describe('a host that cannot start', () => {
  it('names a port that is taken, and what to do', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void taken.close());
    await new Promise((resolve) => taken.once('listening', resolve));
    const { port } = taken.address() as { port: number };
    const { code, stdout, stderr } = await run('--headless', '--port', String(port), '--data-dir', dataDir);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(new RegExp(`^Port ${port} is taken .*--port 0.*\\n$`));
  });

  it('leaves data alone that another process owns, byte for byte', async () => {
    const first = await start();
    const before = bytesIn(dataDir);
    const { code, stdout, stderr } = await run('--headless', '--port', '0', '--data-dir', dataDir);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/already|another/i);
    expect(bytesIn(dataDir)).toEqual(before);
    expect(await healthOf(first)).toMatchObject({ engine: 'running' });
  });

  it('leaves data alone that a newer Inkling wrote', async () => {
    await (await start()).stop();
    const database = new DatabaseSync(join(dataDir, 'inkling.sqlite'));
    database.exec('PRAGMA user_version = 999');
    database.close();
    const before = bytesIn(dataDir);
    const { code, stderr } = await run('--headless', '--port', '0', '--data-dir', dataDir);
    expect(code).toBe(1);
    expect(stderr).toMatch(/newer/i);
    expect(bytesIn(dataDir)).toEqual(before);
  });

  it.each(['file', 'file/data'])('says that %s cannot be the data folder', async (path) => {
    writeFileSync(join(dataDir, 'file'), 'a letter');
    const folder = join(dataDir, path);
    const { code, stderr } = await run('--headless', '--port', '0', '--data-dir', folder);
    expect(code).toBe(1);
    expect(stderr).toContain(`${folder} cannot be the data folder`);
    expect(stderr, 'words, not a stack').not.toContain('    at ');
    expect(readFileSync(join(dataDir, 'file'), 'utf8')).toBe('a letter');
  });

  it('names an engine that is not there', async () => {
    const { code, stderr } = await run('--headless', '--data-dir', dataDir, '--engine', '/nowhere/engine.ts');
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'There is no engine at /nowhere/engine.ts.\n' });
  });

  it('refuses flags it does not know and shows those it does', async () => {
    const { code, stdout, stderr } = await run('--headles');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain("'--headles'");
    expect(stderr).toContain('--headless');
    expect((await run('--help')).stdout).toContain('--data-dir DIR');
  });
});

describe('--verify-data', () => {
  it('answers 0 and a report for a good folder', async () => {
    await (await start()).stop();
    const { code, stdout } = await run('--verify-data', '--data-dir', dataDir);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, problems: [], conversations: 0 });
  });

  it('answers 1 and the problems for a damaged one', async () => {
    await (await start()).stop();
    writeFileSync(
      join(dataDir, 'inkling.sqlite'),
      'this is no database at all, and long enough to be read as one',
    );
    const { code, stdout } = await run('--verify-data', '--data-dir', dataDir);
    expect(code).toBe(1);
    expect(JSON.parse(stdout).problems).not.toEqual([]);
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
