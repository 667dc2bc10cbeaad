import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { errorCodes } from '../../electron/contract/errors.ts';
import { usePort } from './everyPort.ts';
import { transports } from './ports/index.ts';

const unknownPaths = [
  '',
  '.',
  'say',
  'missing.call',
  'say.missing',
  'say.echo.more',
  '__proto__',
  '__proto__.toString',
  'constructor',
  'constructor.name',
  'say.__proto__',
  'say.constructor',
  'say.hasOwnProperty',
];

describe.each(transports)('calls over $name', (transport) => {
  const port = usePort(transport);

  it('answers a method with what the service returned', async () => {
    const { api } = await port.client();
    const value = {
      text: 'Grüße, 世界 \u2028 "quoted"',
      list: [1, null, { deep: [true] }],
      long: 'x'.repeat(300_000),
    };
    expect(await api.say.echo(value)).toEqual(value);
  });

  it('carries null and undefined, which JSON would drop, as null', async () => {
    const { api } = await port.client();
    expect(await api.say.echo(undefined)).toBeNull();
    expect(await api.say.echo(null)).toBeNull();
    expect(await api.say.nothing(undefined)).toBeNull();
  });

  it('accepts a call without input where the input may be left out', async () => {
    const { link, raw } = await port.raw();
    expect(link).toBeDefined();
    raw.post({ type: 'call', id: 1, path: 'say.defaults' });
    raw.post({ type: 'call', id: 2, path: 'say.defaults', input: null });
    expect((await raw.arrived(1))[0]).toMatchObject({ type: 'end', data: null });
    expect((await raw.arrived(2))[0]).toMatchObject({ type: 'end', data: null });
  });

  it('fills in the defaults of an input before the service sees it', async () => {
    const { api } = await port.client();
    expect(await api.say.defaults({})).toEqual({ limit: 7 });
  });

  it('delivers the events of a stream in order, also those that are undefined or null', async () => {
    const { api } = await port.client();
    const events: unknown[] = [];
    for await (const event of api.flow.values('gaps')) events.push(event);
    expect(events).toEqual([1, null, null, 'last']);
  });

  it('loses nothing and keeps every order with many calls at once and slow readers', async () => {
    const { api } = await port.client();
    const read = async (name: string, to: number, slow: boolean) => {
      const events: number[] = [];
      for await (const event of api.flow.count({ name, to })) {
        events.push(event);
        if (slow && event % 7 === 0) await nextTurn();
      }
      return events;
    };
    const streams = Array.from({ length: 12 }, (_, n) => read(`s${n}`, 1500, n % 3 === 0));
    const methods = Array.from({ length: 300 }, (_, n) => api.say.echo(n));
    const wanted = Array.from({ length: 1500 }, (_, n) => n);
    expect(await Promise.all(methods)).toEqual(Array.from({ length: 300 }, (_, n) => n));
    for (const events of await Promise.all(streams)) expect(events).toEqual(wanted);
  });

  it('refuses bad input with the place of the fault, and never calls the service', async () => {
    const { api, trace } = await port.client();
    await expect(api.say.defaults({ limit: 0 })).rejects.toMatchObject({
      code: 'bad_input',
      message: expect.stringContaining('at "limit"'),
    });
    const events = api.flow.count({ name: 'never-started', to: 'many' as unknown as number });
    await expect(Array.fromAsync(events)).rejects.toMatchObject({ code: 'bad_input' });
    expect((await trace('never-started')).started).toBe(0);
  });

  it.each(unknownPaths)('answers a call to the unknown path "%s" with not_found', async (path) => {
    const { raw } = await port.raw();
    raw.call(5, path);
    expect(await raw.arrived(5)).toMatchObject([{ type: 'error', id: 5, error: { code: 'not_found' } }]);
  });

  it('brings every error code across, with its words and details', async () => {
    const { api } = await port.client();
    for (const code of errorCodes) {
      const failed = { code, message: `words of ${code}`, details: { tokens: 12, nested: ['a', null] } };
      await expect(api.say.fail(failed)).rejects.toMatchObject({ name: 'InklingError', ...failed });
    }
  });

  it('turns unknown errors into `internal` without a stack, and aborts into `cancelled`', async () => {
    const { raw } = await port.raw();
    const kinds = ['error', 'string', 'undefined', 'bare', 'abort'];
    for (const kind of kinds) raw.call(kind, 'say.crash', kind);
    const answers = await Promise.all(kinds.map(async (kind) => (await raw.arrived(kind))[0]));
    const internal = (message: string) => ({ type: 'error', error: { code: 'internal', message } });
    expect(answers).toEqual([
      { id: 'error', ...internal('the disk caught fire') },
      { id: 'string', ...internal('thrown words') },
      { id: 'undefined', ...internal('Something went wrong inside Inkling.') },
      { id: 'bare', ...internal('Something went wrong inside Inkling.') },
      { id: 'abort', type: 'error', error: { code: 'cancelled', message: 'Cancelled.' } },
    ]);
  });

  it('delivers what a stream yielded before it failed, then its error', async () => {
    const { api } = await port.client();
    const events: number[] = [];
    const read = async () => {
      for await (const event of api.flow.breaks({ code: 'engine_crashed' })) events.push(event);
    };
    await expect(read()).rejects.toMatchObject({ code: 'engine_crashed', message: 'broke in the middle' });
    expect(events).toEqual([1, 2]);
  });

  it('answers with an error when the answer cannot be written, and goes on', async () => {
    const { api } = await port.client();
    await expect(api.say.unwritable(null)).rejects.toMatchObject({ code: 'internal' });
    await expect(Array.fromAsync(api.flow.unwritable(null))).rejects.toMatchObject({ code: 'internal' });
    await expect(api.say.unwritableDetails(null)).rejects.toMatchObject({
      code: 'conflict',
      message: 'words that arrive',
    });
    expect(await api.say.echo('still here')).toBe('still here');
  });

  it('fails a call whose input cannot be written, and goes on', async () => {
    const { api } = await port.client();
    const round: Record<string, unknown> = { big: 1n, call: () => {} };
    round['self'] = round;
    await expect(api.say.echo(round)).rejects.toMatchObject({ code: 'bad_input' });
    expect(await api.say.echo('still here')).toBe('still here');
  });
});
