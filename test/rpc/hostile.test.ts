import { describe, expect, it } from 'vitest';
import { usePort } from './everyPort.ts';
import { createJunk } from './junk.ts';
import { transports } from './ports/index.ts';

const withId = [
  { type: 'call', id: 'm1' },
  { type: 'call', id: 'm2', path: 7, input: null },
  { type: 'call', id: 'm3', path: 'x'.repeat(201), input: null },
  { type: 'call', id: 'm4', path: 'say.echo', input: null, window: 0 },
  { type: 'call', id: 'm5', path: 'say.echo', input: null, window: 1e9 },
  { type: 'ack', id: 'm6', count: -1 },
  { type: 'ack', id: 'm7' },
  { type: 'event', id: 'm8', data: 1 },
  { type: 'unheard', id: 'm9' },
  { id: 'm10' },
];
const withoutId = [
  null,
  0,
  'text',
  '',
  true,
  [],
  [[[]]],
  {},
  { type: 'call' },
  { type: 'call', id: -1, path: 'say.echo' },
  { type: 'call', id: 1.5, path: 'say.echo' },
  { type: 'call', id: '', path: 'say.echo' },
  { type: 'call', id: 'x'.repeat(65), path: 'say.echo' },
  { type: 'call', id: null, path: 'say.echo' },
  { type: 'call', id: { toString: 'x' }, path: 'say.echo' },
  { type: 'cancel', id: ['1'] },
];

describe.each(transports)('a hostile caller over $name', (transport) => {
  const port = usePort(transport);

  it('gets an error with the id for a malformed frame that has one', async () => {
    const { raw } = await port.raw();
    for (const frame of withId) raw.post(frame);
    for (const { id } of withId)
      expect(await raw.arrived(id)).toMatchObject([{ type: 'error', error: { code: 'bad_input' } }]);
  });

  it('gets an error with id null for a malformed frame that has none', async () => {
    const { raw } = await port.raw();
    for (const frame of withoutId) raw.post(frame);
    const answers = await raw.arrived(null, withoutId.length);
    expect(answers).toHaveLength(withoutId.length);
    for (const answer of answers)
      expect(answer).toMatchObject({ type: 'error', error: { code: 'bad_input' } });
  });

  it('cannot end the host with 2,000 frames of seeded random junk', async () => {
    const { raw } = await port.raw();
    const junk = createJunk(20261123);
    for (let n = 0; n < 2000; n++) raw.post(junk());
    await raw.settled();
    raw.call('alive', 'say.echo', 'still here');
    expect(await raw.arrived('alive')).toEqual([{ type: 'end', id: 'alive', data: 'still here' }]);
  });

  it('is told when an id is in use; the first call goes on untouched', async () => {
    const { raw } = await port.raw();
    raw.call(3, 'flow.watch', { name: 'first' });
    await raw.arrived(3);
    raw.call(3, 'say.echo', 'second');
    expect(await raw.arrived(3, 2)).toMatchObject([
      { type: 'event', data: 'now' },
      { type: 'error', error: { code: 'bad_input', message: expect.stringContaining('in use') } },
    ]);
    raw.post({ type: 'cancel', id: 3 });
    expect((await raw.arrived(3, 3))[2]).toMatchObject({ type: 'error', error: { code: 'cancelled' } });
  });

  it('tells number ids from string ids', async () => {
    const { raw } = await port.raw();
    raw.call(4, 'flow.watch', { name: 'number' });
    await raw.arrived(4);
    raw.call('4', 'say.echo', 'text');
    expect(await raw.arrived('4')).toEqual([{ type: 'end', id: '4', data: 'text' }]);
  });

  it('is told `busy` beyond 1,000 open calls, and served again once some ended', async () => {
    const { raw } = await port.raw();
    for (let id = 0; id < 1000; id++) raw.call(id, 'say.never', { name: 'many' });
    raw.call('extra', 'say.echo', 1);
    expect(await raw.arrived('extra')).toMatchObject([{ type: 'error', error: { code: 'busy' } }]);
    raw.post({ type: 'cancel', id: 0 });
    await raw.arrived(0);
    raw.call('later', 'say.echo', 1);
    expect(await raw.arrived('later')).toEqual([{ type: 'end', id: 'later', data: 1 }]);
  });

  it('hears nothing about cancels and acknowledgements of ids that are not open', async () => {
    const { raw } = await port.raw();
    for (const id of [99, 'gone', 0]) {
      raw.post({ type: 'ack', id, count: 5 });
      raw.post({ type: 'cancel', id });
    }
    await raw.settled();
    expect(raw.frames).toHaveLength(1);
  });
});
