import { EventEmitter } from 'node:events';
import { app } from './app.ts';
import { note } from './record.ts';

type Handler = (...args: never[]) => unknown;

/** A session: keeps the handlers it was given, so that tests can ask them. */
export class FakeSession extends EventEmitter {
  readonly handlers = new Map<string, Handler>();
  readonly served = new Map<string, (request: Request) => Promise<Response> | Response>();
  readonly protocol = {
    handle: (scheme: string, handler: (request: Request) => Promise<Response> | Response) => {
      note('protocol.handle', scheme);
      this.served.set(scheme, handler);
    },
  };
  readonly webRequest = {
    onBeforeRequest: (handler: Handler) => this.handlers.set('onBeforeRequest', handler),
  };
  #keep = (name: string) => (handler: Handler) => {
    note(`session.${name}`);
    this.handlers.set(name, handler);
  };
  setPermissionRequestHandler = this.#keep('setPermissionRequestHandler');
  setPermissionCheckHandler = this.#keep('setPermissionCheckHandler');
  setDevicePermissionHandler = this.#keep('setDevicePermissionHandler');
  setDisplayMediaRequestHandler = this.#keep('setDisplayMediaRequestHandler');
  setBluetoothPairingHandler = this.#keep('setBluetoothPairingHandler');
  setCertificateVerifyProc = this.#keep('setCertificateVerifyProc');
  setSpellCheckerEnabled = (enabled: boolean) => note('session.setSpellCheckerEnabled', enabled);
  setSpellCheckerLanguages = (languages: readonly string[]) =>
    note('session.setSpellCheckerLanguages', languages);

  /** What a handler answers to its callback. */
  answer(name: string, ...args: unknown[]): unknown {
    let answered: unknown;
    const handler = this.handlers.get(name) as ((...args: unknown[]) => unknown) | undefined;
    if (!handler) throw new Error(`nobody set ${name}`);
    handler(...args, (value: unknown) => {
      answered = value;
    });
    return answered;
  }
}

let defaultSession = new FakeSession();

/** Sessions exist only once the app is ready. */
export const session = {
  get defaultSession() {
    if (!app.ready) throw new Error('Session can only be received when app is ready');
    return defaultSession;
  },
};
/** Starts over with an untouched session. */
export const resetSession = (): void => {
  defaultSession = new FakeSession();
};

export const protocol = {
  registerSchemesAsPrivileged(schemes: unknown) {
    if (app.ready) throw new Error('registerSchemesAsPrivileged must be called before the app is ready');
    note('protocol.registerSchemesAsPrivileged', schemes);
  },
};
