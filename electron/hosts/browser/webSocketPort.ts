import type { RawData, WebSocket } from 'ws';
import { createPortEnd, type Port } from '../../rpc/port.ts';

/** Bytes waiting to leave above which writers wait and no more frames are read, and below which both go on. */
const highWater = 1 << 20;
const lowWater = 1 << 18;
const pingEveryMs = 15_000;
/**
 * A peer that neither answered nor took a byte over so many pings is gone. Pings are counted, not time: after a
 * computer slept, everybody was silent for hours.
 */
const maxSilentPings = 4;

/**
 * Makes a {@link Port} of an accepted WebSocket. Frames are JSON text; anything else is answered with an error frame.
 * A peer that does not read makes `post` wait and is not read from either, so that it cannot fill the memory.
 */
export function createWebSocketPort(socket: WebSocket): Port {
  let waiting: (() => void)[] = [];
  let silentPings = 0;

  const drained = () => {
    silentPings = 0;
    if (socket.bufferedAmount > lowWater) return;
    if (socket.isPaused) socket.resume();
    const ready = waiting;
    waiting = [];
    for (const resolve of ready) resolve();
  };
  const post = (frame: unknown): void | Promise<void> => {
    if (socket.readyState !== socket.OPEN) return;
    socket.send(JSON.stringify(frame), drained);
    if (socket.bufferedAmount <= highWater) return;
    socket.pause();
    return new Promise((resolve) => waiting.push(resolve));
  };
  const end = createPortEnd({ post, close: () => socket.close(1000) });

  socket.on('message', (data, isBinary) => {
    silentPings = 0;
    const frame = isBinary ? undefined : decode(data);
    if (frame) end.receive(frame.value);
    else post(notAFrame);
  });
  socket.on('pong', () => {
    silentPings = 0;
  });
  // Without a listener a reset connection would be an uncaught exception; 'close' always follows.
  socket.on('error', () => {});
  const heartbeat = setInterval(() => {
    if (silentPings >= maxSilentPings) return socket.terminate();
    silentPings++;
    if (socket.readyState === socket.OPEN) socket.ping();
  }, pingEveryMs);
  heartbeat.unref();
  socket.on('close', () => {
    clearInterval(heartbeat);
    for (const resolve of waiting.splice(0)) resolve();
    end.closed();
  });
  return end.port;
}

const notAFrame = {
  type: 'error',
  id: null,
  error: { code: 'bad_input', message: 'This is not a frame Inkling understands: frames are JSON text.' },
};

function decode(data: RawData): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(data.toString()) };
  } catch {
    return undefined;
  }
}
