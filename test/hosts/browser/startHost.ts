import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../../..');
/** The host as source, which Node runs as it is, and as built. */
export const sourceEntry = join(root, 'electron/hosts/browser/main.ts');
export const builtEntry = join(root, 'dist/browser.mjs');
/** The random test model, which most tests run with; `starterModels` is what the app comes with. */
export const testModels = join(root, 'dist/test-models');
export const testModel = join(testModels, 'inkling-tiny-random.gguf');
export const starterModels = join(root, 'dist/models');

/** How a process ended and what it said until then. */
export interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A host process. */
export interface HostProcess {
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;
  stdout(): string;
  stderr(): string;
}

/** A host that printed its JSON line. */
export interface RunningHost extends HostProcess {
  readonly url: string;
  readonly token: string;
  readonly pid: number;
  readonly enginePid: number | null;
  readonly dataDir: string;
  /** The address a browser opens first. */
  readonly address: string;
  /** Asks it to stop and waits for its end. */
  stop(signal?: NodeJS.Signals): Promise<Ended>;
}

/** Makes an empty folder for one test's data; give it back with {@link removeDir}. */
export const makeDir = () => mkdtempSync(join(tmpdir(), 'inkling-test-'));
export const removeDir = (dir: string) => rmSync(dir, { recursive: true, force: true, maxRetries: 5 });

/** Whether a process exists. */
export function isRunning(pid: number | null | undefined): boolean {
  try {
    return typeof pid === 'number' && process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Runs the host with exactly these arguments; `wrap` is a command that runs it, strace for example. */
export function spawnHost(
  args: readonly string[],
  options: { entry?: string; env?: NodeJS.ProcessEnv; wrap?: readonly string[] } = {},
): HostProcess {
  const [command = '', ...before] = [...(options.wrap ?? []), process.execPath];
  const child = spawn(command, [...before, options.entry ?? sourceEntry, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { INKLING_BUILTIN_MODELS: testModels, ...process.env, ...options.env },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  return { process: child, ended, stdout: () => stdout, stderr: () => stderr };
}

/** Starts a headless host on a free port and waits for its JSON line; throws with its stderr if it ends before. */
export async function startHost(options: {
  dataDir: string;
  args?: readonly string[];
  entry?: string;
  env?: NodeJS.ProcessEnv;
  wrap?: readonly string[];
}): Promise<RunningHost> {
  const args = ['--headless', '--port', '0', '--data-dir', options.dataDir, ...(options.args ?? [])];
  const host = spawnHost(args, options);
  const line = new Promise<string>((resolve) => {
    host.process.stdout?.on('data', () => {
      const [first, rest] = host.stdout().split('\n', 2);
      if (rest !== undefined) resolve(first ?? '');
    });
  });
  const failed = host.ended.then(({ code, stderr }) => {
    throw new Error(`the host ended with ${code} before it was ready:\n${stderr}`);
  });
  failed.catch(() => {});
  const ready = JSON.parse(await Promise.race([line, failed])) as Pick<
    RunningHost,
    'url' | 'token' | 'pid' | 'enginePid'
  >;
  return {
    ...host,
    ...ready,
    dataDir: options.dataDir,
    address: `${ready.url}/?token=${ready.token}`,
    stop(signal = 'SIGTERM') {
      host.process.kill(signal);
      return host.ended;
    },
  };
}
