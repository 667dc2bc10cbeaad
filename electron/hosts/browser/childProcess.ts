import { fork } from 'node:child_process';
import { createPortEnd } from '../../rpc/port.ts';
import type { Child, ChildExit, SpawnChild } from '../../services/children.ts';
import { childEnv } from '../childEnv.ts';

/** Starts our own processes and knows which still run. */
export interface ChildProcesses {
  readonly spawn: SpawnChild;
  /** Ends all of them at once (none owns data); resolves when they are gone. */
  killAll(): Promise<void>;
}

const stderrTail = 4096;

/** What all processes started here have in common. */
export interface ChildOptions {
  /** Node options for an entry's process, a memory limit for example. */
  readonly execArgv?: (entry: string) => readonly string[];
  /** Ours by default; secrets are taken out of it. */
  readonly env?: NodeJS.ProcessEnv;
  /** Takes what they print; our own stderr by default. */
  readonly log?: (chunk: Buffer) => void;
}

/** Makes {@link ChildProcesses}. */
export function createChildProcesses(options: ChildOptions = {}): ChildProcesses {
  const {
    execArgv = () => [],
    env = process.env,
    log = (chunk) => void process.stderr.write(chunk),
  } = options;
  const running = new Set<Child>();
  const spawn: SpawnChild = (entry) => {
    const child = start(entry, execArgv(entry), childEnv(env), log);
    running.add(child);
    child.onExit(() => running.delete(child));
    return child;
  };
  return {
    spawn,
    async killAll() {
      const gone = [...running].map((child) => new Promise<unknown>((resolve) => child.onExit(resolve)));
      for (const child of running) child.kill();
      await Promise.all(gone);
    },
  };
}

function start(
  entry: string,
  execArgv: readonly string[],
  env: NodeJS.ProcessEnv,
  log: (chunk: Buffer) => void,
): Child {
  const child = fork(entry, [], {
    execArgv: [...execArgv],
    env,
    serialization: 'json',
    // Our own stdout carries one JSON line and nothing else.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // Out of the terminal's process group: Ctrl+C is for us, and we end our children in order.
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  let exit: ChildExit | undefined;
  let stderr = '';
  const callbacks: ((exit: ChildExit) => void)[] = [];
  const ended = (code: number | null, signal: string | null) => {
    if (exit) return;
    exit = { code, signal, stderr };
    end.closed();
    for (const callback of callbacks.splice(0)) callback(exit);
  };

  const end = createPortEnd({
    post: (frame) => post(frame),
    close: () => void child.kill('SIGKILL'),
  });
  const post = (frame: unknown): void | Promise<void> => {
    if (!child.connected) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    try {
      if (child.send(frame as object, () => resolve())) return;
    } catch (error) {
      // The channel closed under our hands; 'exit' follows and ends the port. Else the frame cannot be written.
      if (child.connected) throw error;
      return;
    }
    return promise;
  };

  child.on('message', (frame) => end.receive(frame));
  child.stdout?.on('data', log);
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr = (stderr + chunk.toString()).slice(-stderrTail);
    log(chunk);
  });
  // It never started: there will be no 'exit'.
  child.on('error', (error) => {
    stderr += String(error);
    if (child.pid === undefined) ended(null, null);
  });
  // 'close' comes after 'exit' once stderr was read to its end, unless somebody else holds that pipe open.
  child.on('exit', (code, signal) => setTimeout(ended, 500, code, signal).unref());
  child.on('close', ended);
  child.on('disconnect', () => end.closed());

  return {
    pid: child.pid,
    port: end.port,
    kill: () => void child.kill('SIGKILL'),
    onExit(callback) {
      if (exit) callback(exit);
      else callbacks.push(callback);
    },
  };
}
