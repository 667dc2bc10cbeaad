import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import type { FakeFrame, FakeWebContents } from './webContents.ts';

/** What a document has of us: the globals that its preload put there. */
export interface Page {
  readonly frame: FakeFrame;
  readonly window: Record<string, unknown>;
  readonly ipcRenderer: EventEmitter;
  gone: boolean;
}

/**
 * Loads a document as Electron does with a sandboxed preload: one CommonJS file, evaluated apart from the page, that can
 * require nothing but its half of `electron`.
 */
export function loadPage(contents: FakeWebContents, frame: FakeFrame, preload: string | undefined): Page {
  const ipcRenderer = new EventEmitter();
  const page: Page = { frame, window: {}, ipcRenderer, gone: false };
  const sandboxed = {
    contextBridge: {
      exposeInMainWorld(name: string, api: Record<string, unknown>) {
        if (name in page.window)
          throw new Error(`Cannot bind an API on top of an existing property: ${name}`);
        page.window[name] = Object.freeze(bridge(api));
      },
    },
    webUtils: {
      getPathForFile(file: unknown) {
        if (file instanceof DroppedFile) return file.path;
        throw new TypeError('Value is not a File');
      },
    },
    ipcRenderer: Object.assign(ipcRenderer, {
      send(channel: string, ...args: unknown[]) {
        const cloned = structuredClone(args);
        setImmediate(() => {
          if (!page.gone) contents.arrive(channel, frame, cloned);
        });
      },
    }),
  };
  if (preload) {
    const require = (name: string) => {
      if (name === 'electron') return sandboxed;
      throw new Error(`module not found: ${name}`);
    };
    const globals = { require, module: { exports: {} }, exports: {}, crypto, console };
    runInNewContext(readFileSync(preload, 'utf8'), globals, { filename: preload });
  }
  return page;
}

/** A file as it lies on the disk and is dropped on the page. */
export class DroppedFile {
  readonly path: string;
  constructor(path: string) {
    this.path = path;
  }
}

/** What passes between the two worlds is copied; functions are replaced by ones that copy. */
function bridge(value: unknown): unknown {
  if (typeof value === 'function')
    return (...args: unknown[]) => bridge((value as (...args: unknown[]) => unknown)(...args.map(bridge)));
  if (value instanceof Promise) return value.then(bridge);
  // Files pass as they are.
  if (value instanceof DroppedFile) return value;
  if (Array.isArray(value)) return value.map(bridge);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, bridge(inner)]));
  if (typeof value === 'symbol') throw new Error('An object could not be cloned.');
  return value;
}
