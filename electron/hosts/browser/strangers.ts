import type { Duplex } from 'node:stream';

/** Connections that have not shown a key: few, and not for long. */
export interface Strangers {
  /** Lets a new connection in; where there are too many strangers already, the oldest one has to go. */
  admit(socket: Duplex): void;
  /** It showed a key: from now on it may stay. */
  know(socket: Duplex): void;
}

/** Makes the list of {@link Strangers}: at most `most` at a time, each for at most `ms`. */
export function createStrangers(most: number, ms: number): Strangers {
  const timers = new Map<Duplex, NodeJS.Timeout>();
  const forget = (socket: Duplex) => {
    clearTimeout(timers.get(socket));
    timers.delete(socket);
  };
  return {
    admit(socket) {
      const [oldest] = timers.keys();
      if (oldest && timers.size >= most) {
        forget(oldest);
        oldest.destroy();
      }
      timers.set(socket, setTimeout(() => socket.destroy(), ms).unref());
      socket.once('close', () => forget(socket));
    },
    know: forget,
  };
}
