import type { IpcMainEvent, WebContents } from 'electron';
import { z } from 'zod';
import { createPortEnd, type Port } from '../../rpc/port.ts';
import { origin } from './address.ts';
import { channel } from './channel.ts';

const pageId = z.string().min(1).max(64);

interface Page {
  readonly id: string;
  readonly end: ReturnType<typeof createPortEnd>;
}

/**
 * Gives `onPort` a port for every page that loads in a window. A port closes when its page is left (reload, navigation),
 * when its process dies and when the window closes. Messages from anything but the window's own main frame are dropped.
 */
export function acceptPages(contents: WebContents, onPort: (port: Port) => void): void {
  const retired = new Set<string>();
  let current: Page | undefined;
  let leaving: Page | undefined;

  const retire = (page: Page | undefined) => {
    if (!page) return;
    retired.add(page.id);
    if (current === page) current = undefined;
    page.end.closed();
  };
  const accept = (id: string): Page => {
    retire(current);
    const end = createPortEnd({ post: createPost(contents, id), close: () => retire(page) });
    const page: Page = { id, end };
    current = page;
    onPort(end.port);
    return page;
  };

  contents.ipc.on(channel, (event, id: unknown, frame: unknown) => {
    const parsed = pageId.safeParse(id);
    if (!isFromPage(event, contents) || !parsed.success || retired.has(parsed.data)) return;
    const page = current?.id === parsed.data ? current : accept(parsed.data);
    page.end.receive(frame);
  });
  // A navigation that is refused starts too; only one that arrives takes its page away. The new page may speak before
  // we hear that it arrived, hence the page that was there at the start.
  contents.on('did-start-navigation', (details) => {
    if (details.isMainFrame && !details.isSameDocument) leaving = current;
  });
  contents.on('did-navigate', () => retire(leaving));
  contents.on('render-process-gone', () => retire(current));
  contents.on('destroyed', () => retire(current));
}

/** Frames sent without a pause before the event loop gets a turn: Electron's IPC itself never pushes back. */
const burst = 64;

function createPost(contents: WebContents, page: string): (frame: unknown) => void | Promise<void> {
  let sent = 0;
  return (frame) => {
    if (contents.isDestroyed() || contents.isCrashed()) return;
    contents.send(channel, page, frame);
    if (++sent % burst === 0) return new Promise((resolve) => setImmediate(resolve));
  };
}

function isFromPage(event: IpcMainEvent, contents: WebContents): boolean {
  const frame = event.senderFrame;
  return (
    frame !== null &&
    event.sender === contents &&
    frame === contents.mainFrame &&
    frame.parent === null &&
    frame.origin === origin
  );
}
