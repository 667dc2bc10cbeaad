import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import { note } from './record.ts';

const early = (what: string) => {
  if (app.ready) throw new Error(`${what} can only be called before the app is ready`);
};

class FakeApp extends EventEmitter {
  isPackaged = true;
  ready = false;
  /** Whether another instance holds the lock. */
  taken = false;
  exitCode: number | undefined;
  readonly commandLine = {
    appendSwitch: (name: string, value?: string) => {
      early('commandLine.appendSwitch');
      note('app.appendSwitch', name, value);
    },
  };
  #becomeReady = () => {};
  #whenReady: Promise<void> = Promise.resolve();

  constructor() {
    super();
    this.reset();
  }
  reset(): void {
    this.removeAllListeners();
    this.isPackaged = true;
    this.ready = false;
    this.taken = false;
    this.exitCode = undefined;
    this.#whenReady = new Promise((resolve) => {
      this.#becomeReady = resolve;
    });
  }
  becomeReady(): void {
    this.ready = true;
    this.#becomeReady();
    this.emit('ready');
  }
  whenReady = () => this.#whenReady;
  enableSandbox(): void {
    early('app.enableSandbox');
    note('app.enableSandbox');
  }
  setPath(name: string, path: string): void {
    if (name !== 'crashDumps' && !existsSync(path)) throw new Error(`${path} does not exist`);
    note('app.setPath', name, path);
  }
  requestSingleInstanceLock(): boolean {
    note('app.requestSingleInstanceLock');
    return !this.taken;
  }
  quit(): void {
    note('app.quit');
    let held = false;
    this.emit('before-quit', {});
    const preventDefault = () => {
      held = true;
    };
    this.emit('will-quit', { preventDefault });
    if (!held) this.exit(0);
  }
  exit(code = 0): void {
    note('app.exit', code);
    this.exitCode ??= code;
  }
}

/** The app: before and after `ready` are different worlds, as in Electron. */
export const app = new FakeApp();
