import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { GenerateEvent } from '../../../electron/engine/contract.ts';
import { tempFolder } from '../storage/tempFolder.ts';
import { ask, children, collect, load, never, start, until } from './startScripted.ts';

afterEach(() => children.killAll());

describe('createEngine', () => {
  it('loads a model with progress, remembers its measured threads, and keeps it for the next call', async () => {
    const { engine, remembered } = start();
    const fractions: number[] = [];
    await engine.ensureLoaded('a', never, ({ fraction }) => fractions.push(fraction));
    expect(fractions).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect(remembered).toHaveLength(1);
    await engine.ensureLoaded('a', never, () => expect.unreachable('it is loaded already'));
    expect(engine.status.value.model).toMatchObject({ state: 'ready', id: 'a' });
  });

  it('ends a stopped answer with its statistics and is free for the next one', async () => {
    const { engine } = start();
    await load(engine, 'a');
    const stop = new AbortController();
    const events: GenerateEvent[] = [];
    for await (const event of engine.generate(ask('words 100000 2'), stop.signal)) {
      events.push(event);
      if (events.length === 20) stop.abort();
    }
    expect(events.at(-1)).toMatchObject({ type: 'finished', endReason: 'stopped' });
    expect(await collect(engine.generate(ask('say hello'), never))).toHaveLength(2);
    expect(engine.status.value.crashes).toBe(0);
  });

  it('tells a crash in words and answers the next prompt in a new process', async () => {
    const { engine } = start();
    await load(engine, 'a');
    const before = engine.status.value.pid;
    await expect(collect(engine.generate(ask('say some\ncrash'), never))).rejects.toMatchObject({
      code: 'engine_crashed',
      message: expect.stringContaining('SIGABRT'),
    });
    await load(engine, 'a');
    expect(await collect(engine.generate(ask('say again'), never))).toHaveLength(2);
    expect(engine.status.value.pid).not.toBe(before);
    expect(engine.status.value.lastCrash).toMatchObject({ modelId: 'a' });
  });

  it('says what a signal from outside means, and blames no line of the log for it', async () => {
    const { engine } = start();
    await load(engine, 'a');
    const answer = engine.generate(ask('say one\nwords 100000 5'), never)[Symbol.asyncIterator]();
    await answer.next();
    process.kill(engine.status.value.pid ?? Number.NaN, 'SIGKILL');
    const told = (async () => {
      while (!(await answer.next()).done);
    })();
    await expect(told).rejects.toMatchObject({
      message: expect.stringContaining('memory ran out (SIGKILL).'),
    });
  });

  it('gives up a process that starts and then dies every time, until the engine is asked for again', async () => {
    const dying = join(tempFolder(), 'dying.mjs');
    writeFileSync(
      dying,
      `process.on('message', ({ id, path }) => {
         if (path === 'engine.ping') process.send({ type: 'end', id, data: { pid: process.pid } });
         else process.kill(process.pid, 'SIGILL');
       });`,
    );
    const { engine } = start({ entry: dying });
    expect(await until(engine, ({ process: state }) => state === 'stopped')).toMatchObject({ crashes: 4 });
    await expect(load(engine, 'a')).rejects.toMatchObject({
      code: 'engine_crashed',
      message: expect.stringContaining('this processor lacks'),
    });
  }, 20_000);

  it('leaves a model alone after three crashes, until it is asked for by force', async () => {
    const { engine } = start();
    for (let crash = 0; crash < 3; crash++) {
      await expect(load(engine, 'crash-load')).rejects.toMatchObject({ code: 'engine_crashed' });
    }
    await expect(load(engine, 'crash-load')).rejects.toMatchObject({ code: 'model_blocked' });
    expect(engine.status.value.blocked).toEqual(['crash-load']);
    await load(engine, 'good');
    await expect(load(engine, 'crash-load', never, true)).rejects.toMatchObject({ code: 'engine_crashed' });
    expect(engine.status.value.blocked).toEqual([]);
  }, 30_000);

  it('replaces an engine that does not let go of a cancelled load within two seconds', async () => {
    const { engine } = start();
    const cancel = new AbortController();
    const loading = load(engine, 'hang-load', cancel.signal);
    await until(engine, ({ model }) => model.state === 'loading' && model.fraction >= 0.25);
    cancel.abort();
    await expect(loading).rejects.toMatchObject({ code: 'cancelled' });
    await load(engine, 'good');
    expect(engine.status.value.crashes).toBe(0);
  }, 15_000);

  it('kills an engine that hangs while answering once its stop is not heard', async () => {
    const { engine } = start();
    await load(engine, 'a');
    const stop = new AbortController();
    const answer = engine.generate(ask('say one\nhang'), stop.signal)[Symbol.asyncIterator]();
    await answer.next();
    stop.abort();
    await expect(answer.next()).rejects.toMatchObject({ code: 'engine_crashed' });
    await load(engine, 'a');
    expect(await collect(engine.generate(ask('say two'), never))).toHaveLength(2);
  }, 15_000);

  it('says why a model cannot be loaded and stays usable', async () => {
    const { engine } = start();
    await expect(load(engine, 'fail-load')).rejects.toMatchObject({ code: 'model_load_failed' });
    expect(engine.status.value.model).toMatchObject({ state: 'failed', id: 'fail-load' });
    await expect(load(engine, 'gone')).rejects.toMatchObject({ code: 'model_missing' });
    await load(engine, 'good');
  });

  it('lets callers take turns in the order they came and tells how many are ahead', async () => {
    const { engine } = start();
    const order: string[] = [];
    const first = await engine.takeTurn(never, () => expect.unreachable('nobody is ahead'));
    const second = engine.takeTurn(never, (ahead) => order.push(`second behind ${ahead}`));
    const third = engine.takeTurn(never, (ahead) => order.push(`third behind ${ahead}`));
    expect(engine.status.value.waiting).toBe(2);
    first();
    (await second)();
    (await third)();
    expect(order).toEqual(['second behind 1', 'third behind 2', 'third behind 1']);
    expect(engine.status.value.waiting).toBe(0);
  });

  it('lets a caller that gives up while waiting leave the line', async () => {
    const { engine } = start();
    const first = await engine.takeTurn(never, () => {});
    const gone = new AbortController();
    const second = engine.takeTurn(gone.signal, () => {});
    const told: number[] = [];
    const third = engine.takeTurn(never, (ahead) => told.push(ahead));
    gone.abort();
    await expect(second).rejects.toBeDefined();
    expect(told).toEqual([2, 1]);
    first();
    (await third)();
  });

  it('cancels a load when the one who watches it leaves', async () => {
    const { engine } = start();
    const leave = new AbortController();
    for await (const state of engine.api.load({ modelId: 'slow-load' }, { signal: leave.signal })) {
      if (state.state === 'loading' && state.fraction > 0) break;
    }
    await until(engine, ({ model }) => model.state === 'none');
    await load(engine, 'good');
  });

  it('goes on without the GPU when its driver ends the process, and says so', async () => {
    vi.stubEnv('SCRIPTED_GPU', 'crash');
    onTestFinished(() => void vi.unstubAllEnvs());
    const { engine } = start();
    const status = await until(engine, ({ hardware }) => hardware !== null);
    expect(status.hardware?.note).toContain('graphics driver');
    expect(status.lastCrash?.message).toContain('SIGABRT');
    await load(engine, 'a');
    expect(await collect(engine.generate(ask('say fine'), never))).toHaveLength(2);
  });

  it('reports itself stopped when the process will not start', async () => {
    const { engine: broken } = start({ entry: join(import.meta.dirname, 'no-such-entry.ts') });
    const status = await until(broken, ({ process }) => process === 'stopped');
    expect(status.lastCrash?.message).toContain('ended with code 1');
  }, 30_000);
});
