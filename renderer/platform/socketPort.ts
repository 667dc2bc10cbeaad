import { createPortEnd, type Port } from '../../electron/rpc/port.ts';

/** Makes a port over a WebSocket; frames posted before it is open wait, and the token travels as a subprotocol. */
export function createSocketPort(url: string, token: string): Port {
  const socket = new WebSocket(url, ['inkling', token]);
  const early: string[] = [];
  const end = createPortEnd({
    post(frame) {
      const text = JSON.stringify(frame);
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
      else early.push(text);
    },
    close: () => socket.close(),
  });
  socket.addEventListener('open', () => {
    for (const text of early.splice(0)) socket.send(text);
  });
  socket.addEventListener('message', (event) => end.receive(parseFrame(event.data)));
  socket.addEventListener('close', () => end.closed());
  return end.port;
}

// A frame that cannot be read becomes one that the rpc answers as malformed.
function parseFrame(data: unknown): unknown {
  try {
    return JSON.parse(String(data));
  } catch {
    return null;
  }
}
