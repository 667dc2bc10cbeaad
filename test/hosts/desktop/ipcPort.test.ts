import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WebContents } from 'electron';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acceptPages } from '../../../electron/hosts/desktop/ipcPort.ts';
import type { Port } from '../../../electron/rpc/port.ts';
import type { InklingBridge } from '../../../renderer/platform/bridgePort.ts';
import { buildPreload } from '../../fakes/electron/buildPreload.ts';
import { createFrame, FakeWebContents } from '../../fakes/electron/webContents.ts';

const pageUrl = 'app://inkling/';
const nextTurn = () => new Promise((resolve) => setImmediate(resolve));
const folder = mkdtempSync(join(tmpdir(), 'inkling-preload-'));
let preload = '';

beforeAll(async () => {
  preload = await buildPreload(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

async function openPage() {
  const contents = new FakeWebContents({ preload, answerFor: () => undefined });
  const ports: { port: Port; frames: unknown[]; closed: number }[] = [];
  acceptPages(contents as unknown as WebContents, (port) => {
    const seen = { port, frames: [] as unknown[], closed: 0 };
    port.onFrame((frame) => seen.frames.push(frame));
    port.onClose(() => seen.closed++);
    ports.push(seen);
  });
  await contents.load(pageUrl);
  const bridge = () => contents.page?.window['inkling'] as InklingBridge;
  return { contents, ports, bridge };
}

describe('the IPC port', () => {
  it('carries frames both ways, copied', async () => {
    const { ports, bridge } = await openPage();
    const back: unknown[] = [];
    bridge().onFrame((frame) => back.push(frame));
    const frame = { deep: { list: [1, null] } };
    bridge().post(frame);
    await nextTurn();
    expect(ports).toHaveLength(1);
    expect(ports[0]?.frames).toEqual([frame]);
    void ports[0]?.port.post({ answer: 1 });
    await nextTurn();
    expect(back).toEqual([{ answer: 1 }]);
  });

  it('closes at a reload, and gives the new page a port of its own', async () => {
    const { contents, ports, bridge } = await openPage();
    bridge().post('old');
    await nextTurn();
    await contents.reload();
    expect(ports[0]?.closed).toBe(1);
    bridge().post('new');
    await nextTurn();
    expect(ports.map(({ frames, closed }) => ({ frames, closed }))).toEqual([
      { frames: ['old'], closed: 1 },
      { frames: ['new'], closed: 0 },
    ]);
  });

  it('never gives the frames of a page to the one that replaced it', async () => {
    const { contents, ports, bridge } = await openPage();
    bridge().post('old');
    await nextTurn();
    const back: unknown[] = [];
    await contents.reload();
    bridge().onFrame((frame) => back.push(frame));
    void ports[0]?.port.post('late answer');
    await nextTurn();
    expect(back).toEqual([]);
  });

  it('stays open when the new page speaks before its arrival is told', async () => {
    const { contents, ports } = await openPage();
    contents.arrive('inkling', contents.mainFrame, ['old-page', 'a']);
    contents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: false });
    contents.arrive('inkling', contents.mainFrame, ['new-page', 'b']);
    contents.emit('did-navigate', {}, pageUrl);
    expect(ports.map(({ frames, closed }) => ({ frames, closed }))).toEqual([
      { frames: ['a'], closed: 1 },
      { frames: ['b'], closed: 0 },
    ]);
    contents.arrive('inkling', contents.mainFrame, ['old-page', 'late']);
    expect(ports).toHaveLength(2);
    expect(ports[1]?.closed).toBe(0);
  });

  it('stays open through a refused navigation and one inside the page', async () => {
    const { contents, ports, bridge } = await openPage();
    bridge().post(1);
    await nextTurn();
    contents.on('will-navigate', (event: { preventDefault(): void }) => event.preventDefault());
    await contents.navigate('https://example.org/');
    contents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: true });
    contents.emit('did-start-navigation', { isMainFrame: false, isSameDocument: false });
    expect(ports[0]?.closed).toBe(0);
  });

  it.each([
    ['its process is gone', (contents: FakeWebContents) => contents.crash('oom')],
    ['its window is closed', (contents: FakeWebContents) => contents.destroy()],
  ])('closes when %s, and swallows what is posted after', async (_, end) => {
    const { contents, ports, bridge } = await openPage();
    bridge().post(1);
    await nextTurn();
    end(contents);
    expect(ports[0]?.closed).toBe(1);
    expect(() => ports[0]?.port.post({ late: true })).not.toThrow();
  });

  it('throws what cannot be copied, so that its caller can be told', async () => {
    const { ports, bridge } = await openPage();
    bridge().post(1);
    await nextTurn();
    expect(() => ports[0]?.port.post({ call: () => {} })).toThrow();
    expect(() => bridge().post(Symbol('no'))).toThrow();
  });

  it('lets the event loop breathe during a burst', async () => {
    const { ports, bridge } = await openPage();
    bridge().post(1);
    await nextTurn();
    const waits = Array.from({ length: 640 }, (_, n) => ports[0]?.port.post(n));
    expect(waits.filter((wait) => wait instanceof Promise)).toHaveLength(10);
  });

  it('opens no port for a page of another origin', async () => {
    const { contents, ports } = await openPage();
    contents.mainFrame = createFrame('https://example.org/');
    contents.arrive('inkling', contents.mainFrame, ['page', 1]);
    contents.mainFrame = createFrame('app://inkling.example.org/');
    contents.arrive('inkling', contents.mainFrame, ['page', 1]);
    expect(ports).toEqual([]);
  });
});
