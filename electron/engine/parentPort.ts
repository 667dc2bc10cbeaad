import { createPortEnd, type Port } from '../rpc/port.ts';

/** The part of Electron's `process.parentPort` that we use; typed here so that nothing but the desktop host imports Electron. */
interface UtilityParentPort {
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
  on(event: 'close', listener: () => void): void;
  postMessage(message: unknown): void;
}

/** Frames that may be on their way to the parent before {@link Port.post} makes the sender wait. */
const maxOutstanding = 64;

/** The port to whoever started this process: Electron's utility process channel, or Node's IPC channel. */
export function openParentPort(): Port {
  const utility = (process as unknown as { parentPort?: UtilityParentPort }).parentPort;
  if (utility) return overUtility(utility);
  if (process.send) return overIpc();
  throw new Error('This is a helper process of Inkling; it is started by the app.');
}

/** Ends this process the moment its parent is gone. Nothing is lost: a helper owns no data. */
export function exitWithParent(port: Port): void {
  // Not process.exit: its clean-up waits for native work that may be running.
  port.onClose(() => process.kill(process.pid, 'SIGKILL'));
}

function overUtility(utility: UtilityParentPort): Port {
  const end = createPortEnd({
    post: (frame) => utility.postMessage(frame),
    close: () => process.exit(0),
  });
  utility.on('message', (event) => end.receive(event.data));
  utility.on('close', () => end.closed());
  return end.port;
}

function overIpc(): Port {
  let outstanding = 0;
  const end = createPortEnd({
    post(frame) {
      if (!process.connected) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      process.send?.(frame, undefined, undefined, () => {
        outstanding--;
        resolve();
      });
      outstanding++;
      return outstanding > maxOutstanding ? promise : undefined;
    },
    close: () => process.disconnect?.(),
  });
  process.on('message', (frame) => end.receive(frame));
  process.on('disconnect', () => end.closed());
  return end.port;
}
