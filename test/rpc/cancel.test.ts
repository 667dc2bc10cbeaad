import { describe, expect, it } from 'vitest';
import { usePort } from './everyPort.ts';
import { transports } from './ports/index.ts';
import type { Link } from './ports/transport.ts';

const soon = { timeout: 20_000, interval: 5 };

describe.each(transports)('cancelling over $name', (transport) => {
  const port = usePort(transport);

  it('fails a method with `cancelled` when its signal aborts, and aborts the signal of the service', async () => {
    const { api, trace } = await port.client();
    const stop = new AbortController();
    const answer = api.say.never({ name: 'method' }, { signal: stop.signal });
    const failed = expect(answer).rejects.toMatchObject({ code: 'cancelled' });
    await expect.poll(async () => (await trace('method')).started, soon).toBe(1);
    stop.abort();
    await failed;
    await expect.poll(async () => (await trace('method')).aborted, soon).toBe(true);
  });

  it('fails a stream with `cancelled` when its signal aborts, and finalises its generator', async () => {
    const { api, trace } = await port.client();
    const stop = new AbortController();
    const events: string[] = [];
    const read = async () => {
      for await (const event of api.flow.watch({ name: 'signal' }, { signal: stop.signal })) {
        events.push(event);
        stop.abort();
      }
    };
    await expect(read()).rejects.toMatchObject({ code: 'cancelled' });
    expect(events).toEqual(['now']);
    await expect.poll(() => trace('signal'), soon).toMatchObject({ aborted: true, finalised: true });
  });

  it('stops the service when the reader leaves the loop', async () => {
    const { api, trace } = await port.client();
    for await (const event of api.flow.count({ name: 'left', to: 1_000_000 })) if (event === 10) break;
    await expect.poll(() => trace('left'), soon).toMatchObject({ aborted: true, finalised: true });
    for await (const _ of api.flow.watch({ name: 'left-watch' })) break;
    await expect.poll(() => trace('left-watch'), soon).toMatchObject({ aborted: true, finalised: true });
  });

  it('stops the service when the reader throws inside the loop', async () => {
    const { api, trace } = await port.client();
    const read = async () => {
      for await (const _ of api.flow.watch({ name: 'threw' })) throw new Error('reader broke');
    };
    await expect(read()).rejects.toThrow('reader broke');
    await expect.poll(() => trace('threw'), soon).toMatchObject({ aborted: true, finalised: true });
  });

  it('never starts a call whose signal is already aborted', async () => {
    const { api, trace } = await port.client();
    const signal = AbortSignal.abort();
    await expect(api.say.never({ name: 'early' }, { signal })).rejects.toMatchObject({ code: 'cancelled' });
    const events = Array.fromAsync(api.flow.watch({ name: 'early' }, { signal }));
    await expect(events).rejects.toMatchObject({ code: 'cancelled' });
    await api.say.echo(null);
    expect((await trace('early')).started).toBe(0);
  });

  it('leaves other calls alone', async () => {
    const { api, trace } = await port.client();
    const stop = new AbortController();
    const other = Array.fromAsync(api.flow.count({ name: 'other', to: 5000 }));
    const cancelled = api.say.never({ name: 'one' }, { signal: stop.signal });
    stop.abort();
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
    expect(await other).toHaveLength(5000);
    expect((await trace('other')).aborted).toBe(false);
  });

  it('ends a call at once even if its service ignores the signal, and frees its place and id', async () => {
    const { raw } = await port.raw();
    raw.call(1, 'flow.deaf', { name: 'deaf' });
    raw.call(2, 'say.never', { name: 'never' });
    raw.post({ type: 'cancel', id: 1 });
    raw.post({ type: 'cancel', id: 2 });
    expect(await raw.arrived(1)).toMatchObject([{ type: 'error', error: { code: 'cancelled' } }]);
    expect(await raw.arrived(2)).toMatchObject([{ type: 'error', error: { code: 'cancelled' } }]);
    raw.call(1, 'say.echo', 'again');
    expect((await raw.arrived(1, 2))[1]).toEqual({ type: 'end', id: 1, data: 'again' });
  });
});

const openTwo = async (port: ReturnType<typeof usePort>) => {
  const { link, api, trace } = await port.client();
  const method = api.say.never({ name: 'method' });
  const reader = api.flow.watch({ name: 'stream' })[Symbol.asyncIterator]();
  expect(await reader.next()).toEqual({ done: false, value: 'now' });
  await expect.poll(async () => (await trace('method')).started, soon).toBe(1);
  return { link, api, open: [method, reader.next()] };
};
const outliving = transports.filter(({ clientOutlives }) => clientOutlives);

describe.each(outliving)('the caller of a lost connection over $name', (transport) => {
  const port = usePort(transport);

  it('hears connection_lost from every open call, and from every later one', async () => {
    const { link, api, open } = await openTwo(port);
    const lost = { code: 'connection_lost', message: expect.stringContaining('safe') };
    const failed = open.map((call) => expect(call).rejects.toMatchObject(lost));
    link.lose();
    await Promise.all(failed);
    await expect(api.say.echo(1)).rejects.toMatchObject(lost);
    await expect(Array.fromAsync(api.flow.watch({ name: 'x' }))).rejects.toMatchObject(lost);
  });
});

describe.each(transports)('the host of a lost connection over $name', (transport) => {
  const port = usePort(transport);

  it('aborts everything that was running for it', async () => {
    const { link, open } = await openTwo(port);
    for (const call of open) call.catch(() => {});
    link.lose();
    if (!link.traces) return expectEnded(link);
    await expect.poll(() => link.traces?.get('method'), soon).toMatchObject({ aborted: true });
    await expect
      .poll(() => link.traces?.get('stream'), soon)
      .toMatchObject({ aborted: true, finalised: true });
  });
});

/** Where the far side is a process of its own, losing the connection ends it. */
async function expectEnded(link: Link): Promise<void> {
  const closed = Promise.withResolvers<void>();
  link.client.onClose(closed.resolve);
  await closed.promise;
}
