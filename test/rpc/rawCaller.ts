import { expect } from 'vitest';
import type { ServerFrame } from '../../electron/rpc/frames.ts';
import type { Port } from '../../electron/rpc/port.ts';

/** Speaks frames by hand, for what a well-behaved client never does. */
export function createRawCaller(port: Port) {
  const frames: ServerFrame[] = [];
  port.onFrame((frame) => frames.push(frame as ServerFrame));
  const of = (id: unknown) => frames.filter((frame) => frame.id === id);
  return {
    frames,
    of,
    post: (frame: unknown) => void port.post(frame),
    call: (id: number | string, path: string, input: unknown = null, window?: number) =>
      void port.post({ type: 'call', id, path, input, ...(window ? { window } : {}) }),
    /** Waits until `count` frames with this id arrived. */
    async arrived(id: unknown, count = 1) {
      await expect.poll(() => of(id).length, { timeout: 20_000, interval: 5 }).toBeGreaterThanOrEqual(count);
      return of(id);
    },
    /** Waits until everything posted before was handled: frames keep their order. */
    async settled() {
      const id = `settled-${frames.length}-${Math.random()}`;
      port.post({ type: 'call', id, path: 'say.echo', input: null });
      await this.arrived(id);
    },
  };
}
