import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { usePort } from './everyPort.ts';
import { transports } from './ports/index.ts';

const soon = { timeout: 20_000, interval: 5 };
const endless = 1_000_000;

/** Waits until a number stops growing and returns it. */
async function settledAt(read: () => Promise<number> | number): Promise<number> {
  for (let before = -1; ; ) {
    const now = await read();
    if (now === before && now > 0) return now;
    before = now;
    await pause(60);
  }
}

describe.each(transports)('back-pressure over $name', (transport) => {
  const port = usePort(transport);

  it('halts a producer of a million events after a bounded number when the reader stops reading', async () => {
    const { api, trace } = await port.client();
    const reader = api.flow.count({ name: 'halted', to: endless })[Symbol.asyncIterator]();
    expect(await reader.next()).toEqual({ done: false, value: 0 });
    const produced = await settledAt(async () => (await trace('halted')).produced);
    expect(produced).toBeLessThanOrEqual(300);
    for (let value = 1; value < 2000; value++) expect((await reader.next()).value).toBe(value);
    const later = await settledAt(async () => (await trace('halted')).produced);
    expect(later).toBeGreaterThanOrEqual(2000);
    expect(later).toBeLessThanOrEqual(2300);
    await reader.return?.();
    await expect.poll(() => trace('halted'), soon).toMatchObject({ aborted: true, finalised: true });
  });

  it('sends exactly the window, then as many as were acknowledged, then the end', async () => {
    const { raw } = await port.raw();
    raw.call(1, 'flow.count', { name: 'window', to: 9 }, 4);
    await raw.arrived(1, 4);
    await raw.settled();
    expect(raw.of(1)).toHaveLength(4);
    raw.post({ type: 'ack', id: 1, count: 2 });
    await raw.arrived(1, 6);
    await raw.settled();
    expect(raw.of(1)).toHaveLength(6);
    raw.post({ type: 'ack', id: 1, count: 4 });
    const frames = await raw.arrived(1, 10);
    expect(frames.slice(0, 9)).toEqual(
      Array.from({ length: 9 }, (_, data) => ({ type: 'event', id: 1, data })),
    );
    expect(frames[9]).toMatchObject({ type: 'end', id: 1 });
  });

  it('keeps the window when a caller acknowledges more than it got', async () => {
    const { raw } = await port.raw();
    raw.call(1, 'flow.count', { name: 'greedy', to: endless }, 4);
    await raw.arrived(1, 4);
    raw.post({ type: 'ack', id: 1, count: 1_000_000_000 });
    await raw.arrived(1, 8);
    await raw.settled();
    expect(raw.of(1)).toHaveLength(8);
    raw.post({ type: 'cancel', id: 1 });
    expect((await raw.arrived(1, 9))[8]).toMatchObject({ type: 'error', error: { code: 'cancelled' } });
  });

  it('wakes a producer that waits for its reader when the call is cancelled', async () => {
    const { raw } = await port.raw();
    raw.call(1, 'flow.count', { name: 'woken', to: endless }, 1);
    await raw.arrived(1);
    raw.post({ type: 'cancel', id: 1 });
    expect((await raw.arrived(1, 2))[1]).toMatchObject({ type: 'error', error: { code: 'cancelled' } });
    raw.call(2, 'say.trace', { name: 'woken' });
    expect(await raw.arrived(2)).toMatchObject([{ data: { aborted: true, finalised: true } }]);
  });
});

describe.each(transports.filter(({ paces }) => paces))('back-pressure by $name itself', (transport) => {
  const port = usePort(transport);

  it('paces a caller that names no window', async () => {
    const { link, raw } = await port.raw();
    const { stall, traces } = link;
    if (!stall || !traces) throw new Error(`${transport.name} says that it paces, but cannot be stalled`);
    raw.call(1, 'flow.count', { name: 'stalled', to: endless });
    await raw.arrived(1);
    stall.pause();
    const produced = await settledAt(() => traces.get('stalled')?.produced ?? 0);
    expect(produced).toBeLessThan(endless);
    stall.resume();
    await expect.poll(() => traces.get('stalled')?.produced ?? 0, soon).toBeGreaterThan(produced);
    raw.post({ type: 'cancel', id: 1 });
    await expect.poll(() => traces.get('stalled'), soon).toMatchObject({ aborted: true, finalised: true });
  });
});
