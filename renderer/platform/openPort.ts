import type { Port } from '../../electron/rpc/port.ts';
import { createBridgePort, type InklingBridge } from './bridgePort.ts';
import { createSocketPort } from './socketPort.ts';

/** How this window reaches Inkling. `open` makes a new port each time; `locked` means the page has no key to it. */
export type Platform =
  | {
      readonly kind: 'ready';
      open(): Port;
      /** The keys that this window really gets: a browser keeps Ctrl+N for itself. */
      readonly newChatKeys: readonly string[];
      /** Where a dropped file lies; null where the window is not told. */
      pathOf(file: File): string | null;
    }
  | { readonly kind: 'locked' };

const tokenKey = 'inkling.token';

/** The one place that knows where the page runs: behind the desktop's bridge, or in a browser with a token. */
export function openPort(page: Window & { readonly inkling?: InklingBridge }): Platform {
  const bridge = page.inkling;
  if (bridge) {
    return {
      kind: 'ready',
      open: () => createBridgePort(bridge),
      newChatKeys: ['mod', 'N'],
      pathOf: (file) => bridge.pathOf(file) || null,
    };
  }
  const token = takeToken(page);
  if (!token) return { kind: 'locked' };
  const url = new URL('/rpc', page.location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  url.search = '';
  url.hash = '';
  return {
    kind: 'ready',
    open: () => createSocketPort(url.href, token),
    newChatKeys: ['mod', 'shift', 'O'],
    pathOf: () => null,
  };
}

// The token leaves the address at once: addresses end up in histories and screenshots.
function takeToken(page: Window): string | null {
  const address = new URL(page.location.href);
  const given = address.searchParams.get('token');
  if (given) {
    page.sessionStorage.setItem(tokenKey, given);
    address.searchParams.delete('token');
    page.history.replaceState(page.history.state, '', address.pathname + address.search + address.hash);
  }
  return given ?? page.sessionStorage.getItem(tokenKey);
}
