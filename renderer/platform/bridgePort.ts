import { createPortEnd, type Port } from '../../electron/rpc/port.ts';

/** What the preload of the desktop window exposes: frames in, frames out, and where a dropped file lies. */
export interface InklingBridge {
  post(frame: unknown): void;
  onFrame(receive: (frame: unknown) => void): void;
  /** Empty for a file that came from elsewhere than the disk. */
  pathOf(file: File): string;
}

/** Makes a port over the preload's bridge. It lives as long as the window. */
export function createBridgePort(bridge: InklingBridge): Port {
  const end = createPortEnd({ post: (frame) => bridge.post(frame), close: () => {} });
  bridge.onFrame(end.receive);
  return end.port;
}
