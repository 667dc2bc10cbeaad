/** One end of a connection that carries frames in order. Four functions are all a transport has to provide. */
export interface Port {
  /**
   * Sends a JSON-safe frame. A returned promise resolves once the transport can take more (back-pressure) or is gone;
   * it never rejects. Throws only for a frame that cannot be written at all (a cycle, a BigInt), never for a lost connection.
   */
  post(frame: unknown): void | Promise<void>;
  /** Sets the one receiver; frames that came before are delivered first. */
  onFrame(receive: (frame: unknown) => void): void;
  /** Calls back once when the connection is gone, at once if it already is. */
  onClose(callback: () => void): void;
  close(): void;
}

/** The shared half of a port: buffers early frames, remembers closing. Transports call `receive` and `closed`. */
export function createPortEnd(send: { post(frame: unknown): void | Promise<void>; close(): void }): {
  port: Port;
  receive(frame: unknown): void;
  closed(): void;
} {
  let receiver: ((frame: unknown) => void) | undefined;
  let early: unknown[] = [];
  let gone = false;
  const callbacks: (() => void)[] = [];

  return {
    receive(frame) {
      if (receiver) receiver(frame);
      else early.push(frame);
    },
    closed() {
      if (gone) return;
      gone = true;
      for (const callback of callbacks.splice(0)) callback();
    },
    port: {
      post: (frame) => (gone ? undefined : send.post(frame)),
      onFrame(receive) {
        receiver = receive;
        const waiting = early;
        early = [];
        for (const frame of waiting) receive(frame);
      },
      onClose(callback) {
        if (gone) callback();
        else callbacks.push(callback);
      },
      close: () => send.close(),
    },
  };
}
