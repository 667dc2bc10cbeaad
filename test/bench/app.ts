import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { WebSocket } from 'ws';
import { type AppApi, contract } from '../../electron/contract/index.ts';
import { connect } from '../../electron/rpc/connect.ts';
import { createPortEnd, type Port } from '../../electron/rpc/port.ts';

const root = join(import.meta.dirname, '../..');

/** The built app, started headless on a data folder of its own. */
export interface RunningApp {
  readonly url: string;
  readonly token: string;
  readonly pid: number;
  readonly enginePid: number;
  readonly dataDir: string;
  /** From the start of the process to its JSON line, in ms. */
  readonly readyMs: number;
  api(): Promise<AppApi & { close(): void }>;
  stop(): Promise<void>;
}

/** Starts `dist/browser.mjs --headless` and waits for its line. */
export async function startApp(extra: readonly string[] = [], dataDir = ''): Promise<RunningApp> {
  const dir = dataDir || mkdtempSync(join(tmpdir(), 'inkling-bench-'));
  const started = performance.now();
  const args = [join(root, 'dist/browser.mjs'), '--headless', '--port', '0', '--data-dir', dir, ...extra];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const line = await firstLine(child);
  const facts = JSON.parse(line) as { url: string; token: string; pid: number; enginePid: number };
  return {
    ...facts,
    dataDir: dir,
    readyMs: performance.now() - started,
    api: () => openApi(facts.url, facts.token),
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
      if (!dataDir) rmSync(dir, { recursive: true, force: true });
    },
  };
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    if (!child.stdout) return reject(new Error('the app has no stdout'));
    createInterface({ input: child.stdout }).once('line', resolve);
    child.once('exit', (code) => reject(new Error(`the app ended with code ${code} before it was ready`)));
  });
}

/** Connects to the running app as any automation would: a WebSocket and the contract. */
export async function openApi(url: string, token: string): Promise<AppApi & { close(): void }> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/rpc`, ['inkling', token]);
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  return { ...connect(contract, portOf(socket)), close: () => socket.close() };
}

function portOf(socket: WebSocket): Port {
  const end = createPortEnd({
    post: (frame) => socket.send(JSON.stringify(frame)),
    close: () => socket.close(),
  });
  socket.on('message', (data) => end.receive(JSON.parse(data.toString())));
  socket.on('close', end.closed);
  return end.port;
}
