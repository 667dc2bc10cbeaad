import { EventEmitter } from 'node:events';
import { app } from './app.ts';
import { note } from './record.ts';
import { session } from './session.ts';
import { FakeWebContents } from './webContents.ts';

interface Bounds {
  x: number;
  y: number;
  width: number;
  height: number;
}
interface Options extends Partial<Bounds> {
  readonly show?: boolean;
  readonly webPreferences?: Readonly<Record<string, unknown>>;
}

/** A window: real enough to be opened, moved, crashed and closed. */
export class BrowserWindow extends EventEmitter {
  static readonly open: BrowserWindow[] = [];
  static fromWebContents = (contents: unknown) =>
    BrowserWindow.open.find((window) => window.webContents === contents) ?? null;

  readonly options: Options;
  readonly webContents: FakeWebContents;
  bounds: Bounds;
  visible: boolean;
  maximized = false;
  minimized = false;
  focused = 0;
  backgroundColor: string | undefined;
  #destroyed = false;

  constructor(options: Options) {
    super();
    if (!app.ready) throw new Error('Cannot create BrowserWindow before app is ready');
    note('new BrowserWindow', options);
    this.options = options;
    this.bounds = {
      x: options.x ?? 0,
      y: options.y ?? 0,
      width: options.width ?? 800,
      height: options.height ?? 600,
    };
    this.visible = options.show !== false;
    const { defaultSession } = session;
    this.webContents = new FakeWebContents({
      preload: options.webPreferences?.['preload'] as string | undefined,
      answerFor: (url) => defaultSession.served.get(new URL(url).protocol.slice(0, -1)),
    });
    this.webContents.once('first-picture', () => this.emit('ready-to-show'));
    BrowserWindow.open.push(this);
    app.emit('web-contents-created', {}, this.webContents);
  }
  loadURL(url: string): Promise<void> {
    note('window.loadURL', url);
    return this.webContents.load(url);
  }
  show(): void {
    this.visible = true;
  }
  focus(): void {
    this.focused++;
  }
  restore(): void {
    this.minimized = false;
  }
  isMinimized = () => this.minimized;
  maximize(): void {
    this.maximized = true;
    this.emit('maximize');
  }
  isMaximized = () => this.maximized;
  getNormalBounds = () => this.bounds;
  setBackgroundColor(color: string): void {
    this.backgroundColor = color;
  }
  isDestroyed = () => this.#destroyed;
  /** A person moves the window, or changes its size. */
  place(bounds: Bounds): void {
    this.bounds = bounds;
    this.emit('move');
    this.emit('resize');
  }
  close(): void {
    if (this.#destroyed) return;
    this.emit('close', {});
    this.#destroyed = true;
    BrowserWindow.open.splice(BrowserWindow.open.indexOf(this), 1);
    this.webContents.destroy();
    this.emit('closed');
    if (BrowserWindow.open.length === 0) app.emit('window-all-closed');
  }
}
