import { type ChildProcess, fork as forkNode } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { fileURLToPath } from 'node:url';
import { note } from './record.ts';

interface Options {
  readonly env?: NodeJS.ProcessEnv;
  readonly execArgv?: readonly string[];
  readonly serviceName?: string;
  readonly stdio?: readonly string[];
}

/** A real process that believes to be Electron's utility process. */
class FakeUtilityProcess extends EventEmitter {
  pid: number | undefined;
  readonly stdout: ChildProcess['stdout'];
  readonly stderr: ChildProcess['stderr'];
  readonly #child: ChildProcess;

  constructor(entry: string, args: readonly string[], options: Options) {
    super();
    const shim = fileURLToPath(new URL('./utilityShim.mjs', import.meta.url));
    const flags = (options.execArgv ?? []).flatMap((arg) => arg.replace(/^--js-flags=/, '').split(' '));
    this.#child = forkNode(entry, [...args], {
      execArgv: ['--import', shim, ...flags],
      ...(options.env && { env: options.env }),
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.stdout = this.#child.stdout;
    this.stderr = this.#child.stderr;
    this.pid = this.#child.pid;
    this.#child.on('message', (message) => this.emit('message', message));
    this.#child.on('spawn', () => this.emit('spawn'));
    this.#child.on('exit', (code) => {
      this.pid = undefined;
      this.emit('exit', code ?? 1);
    });
  }
  postMessage(message: unknown): void {
    // Electron clones at once and throws what cannot be cloned.
    const cloned = structuredClone(message);
    if (this.#child.connected) this.#child.send(cloned as object);
  }
  kill = () => this.#child.kill('SIGTERM');
}

export const utilityProcess = {
  fork(entry: string, args: readonly string[] = [], options: Options = {}) {
    note('utilityProcess.fork', entry, args, options);
    return new FakeUtilityProcess(entry, args, options);
  },
};
