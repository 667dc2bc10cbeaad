import { basename } from 'node:path';
import type { utilityProcess } from 'electron';
import { createPortEnd } from '../../rpc/port.ts';
import type { Child, ChildExit, SpawnChild } from '../../services/children.ts';
import { childEnv } from '../childEnv.ts';

const stderrTail = 4096;

/** How long the end of a process waits for the rest of its words, in ms. */
const lastWordsMs = 300;
type Fork = typeof utilityProcess.fork;

/** Makes the way to start our own processes inside Electron; `heapMb` limits the heap of an entry's process. */
export function createSpawn(
  fork: Fork,
  heapMb: (entry: string) => number | undefined = () => undefined,
): SpawnChild {
  return (entry) => start(fork, entry, heapMb(entry));
}

function start(fork: Fork, entry: string, heapMb: number | undefined): Child {
  const child = fork(entry, [], {
    serviceName: `Inkling ${basename(entry).split('.')[0]}`,
    env: childEnv(process.env),
    // These become switches of the process, which knows V8's options only in this form.
    execArgv: heapMb ? [`--js-flags=--max-old-space-size=${heapMb}`] : [],
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let exit: ChildExit | undefined;
  let stderr = '';
  const callbacks: ((exit: ChildExit) => void)[] = [];
  const note = (text: string) => {
    stderr = (stderr + text).slice(-stderrTail);
  };

  const kill = () => {
    if (exit) return;
    const { pid } = child;
    child.kill();
    // That asks politely (SIGTERM), which a native loop may not hear. It owns no data.
    if (pid !== undefined && process.platform !== 'win32') killHard(pid);
  };
  const end = createPortEnd({
    post(frame) {
      if (!exit) child.postMessage(frame);
    },
    close: kill,
  });

  child.on('message', (frame) => end.receive(frame));
  child.stdout?.on('data', (chunk: Buffer) => process.stderr.write(chunk));
  child.stderr?.on('data', (chunk: Buffer) => {
    note(chunk.toString());
    process.stderr.write(chunk);
  });
  child.on('error', (type, location) => note(`${type} at ${location}\n`));
  child.on('exit', (code) => {
    end.closed();
    const ended = () => {
      if (exit) return;
      exit = { code, signal: null, stderr };
      for (const callback of callbacks.splice(0)) callback(exit);
    };
    child.stderr?.once('end', ended);
    setTimeout(ended, lastWordsMs).unref();
  });

  return {
    get pid() {
      return child.pid;
    },
    port: end.port,
    kill,
    onExit(callback) {
      if (exit) callback(exit);
      else callbacks.push(callback);
    },
  };
}

function killHard(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}
