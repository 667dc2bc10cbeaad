import { EventEmitter } from 'node:events';
import { loadPage, type Page } from './page.ts';
import { note } from './record.ts';

/** A frame as main sees it. */
export interface FakeFrame {
  readonly url: string;
  readonly origin: string;
  readonly parent: FakeFrame | null;
}

type Answer = (request: Request) => Promise<Response> | Response;
interface Options {
  readonly preload: string | undefined;
  /** How the session answers an address; undefined where nobody serves its scheme. */
  readonly answerFor: (url: string) => Answer | undefined;
}

/** Makes a frame at an address; a custom scheme has an origin because it was registered as `standard`. */
export function createFrame(url: string, parent: FakeFrame | null = null): FakeFrame {
  const { protocol, host } = new URL(url);
  return { url, origin: host ? `${protocol}//${host}` : 'null', parent };
}

/** A page's half in main: really passes clones to and from the page's world, and can be driven like a person would. */
export class FakeWebContents extends EventEmitter {
  readonly ipc = new EventEmitter();
  readonly options: Options;
  mainFrame: FakeFrame = createFrame('about:blank');
  page: Page | undefined;
  response: Response | undefined;
  #destroyed = false;
  #crashed = false;
  #openHandler: ((details: { url: string }) => { action: string }) | undefined;

  constructor(options: Options) {
    super();
    this.options = options;
  }

  send(channel: string, ...args: unknown[]): void {
    if (this.#destroyed) throw new TypeError('Object has been destroyed');
    const cloned = structuredClone(args);
    const { page } = this;
    setImmediate(() => {
      if (page && !page.gone) page.ipcRenderer.emit(channel, {}, ...cloned);
    });
  }
  isDestroyed = () => this.#destroyed;
  isCrashed = () => this.#crashed;
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.#openHandler = handler;
  }
  setWebRTCIPHandlingPolicy = (policy: string) => note('contents.setWebRTCIPHandlingPolicy', policy);
  sendInputEvent = (event: unknown) => note('contents.sendInputEvent', event);
  forcefullyCrashRenderer(): void {
    note('contents.forcefullyCrashRenderer');
    this.crash('killed');
  }
  reload = () => this.load(this.mainFrame.url);

  /** Loads a document, as a reload or a navigation that nobody refused does. */
  async load(url: string): Promise<void> {
    this.emit('did-start-navigation', { url, isMainFrame: true, isSameDocument: false });
    const answer = this.options.answerFor(url);
    this.response = answer ? await answer(new Request(url)) : undefined;
    if (this.#destroyed) return;
    if (this.page) this.page.gone = true;
    this.#crashed = false;
    this.mainFrame = createFrame(url);
    this.page = loadPage(this, this.mainFrame, this.options.preload);
    this.emit('did-navigate', {}, url);
    setImmediate(() => this.emit('first-picture'));
  }
  /** The page (or a person in it) wants to go elsewhere; true if it got there. */
  async navigate(url: string): Promise<boolean> {
    this.emit('did-start-navigation', { url, isMainFrame: true, isSameDocument: false });
    if (!this.ask('will-frame-navigate', { url }) || !this.ask('will-navigate', { url })) return false;
    await this.load(url);
    return true;
  }
  /** Emits something that can be refused; true if nobody did. */
  ask(name: string, details: object, ...args: unknown[]): boolean {
    let refused = false;
    const preventDefault = () => {
      refused = true;
    };
    this.emit(name, { ...details, preventDefault }, ...args);
    return !refused;
  }
  /** The page calls window.open, or a person middle-clicks a link. */
  open = (url: string): string => this.#openHandler?.({ url }).action ?? 'allow';
  /** A message reaches main, from the page itself or from somebody else. */
  arrive(
    channel: string,
    senderFrame: FakeFrame | null,
    args: readonly unknown[],
    sender: unknown = this,
  ): void {
    this.ipc.emit(channel, { sender, senderFrame, type: 'frame' }, ...args);
  }
  crash(reason: string): void {
    this.#crashed = true;
    if (this.page) this.page.gone = true;
    this.emit('render-process-gone', {}, { reason, exitCode: 1 });
  }
  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    if (this.page) this.page.gone = true;
    this.emit('destroyed');
  }
}
