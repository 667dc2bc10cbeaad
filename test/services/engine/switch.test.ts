import { afterEach, describe, expect, it } from 'vitest';
import type { ModelState } from '../../../electron/contract/engine.ts';
import { loadSettings } from '../../../electron/contract/load.ts';
import type { Engine } from '../../../electron/services/engine/createEngine.ts';
import { isRunning } from '../../hosts/browser/startHost.ts';
import { ask, children, collect, load, never, start, until } from './startScripted.ts';

afterEach(() => children.killAll());

/** Loads as the window does; resolves with all states. */
async function choose(engine: Engine, modelId: string, signal = never): Promise<ModelState[]> {
  const states: ModelState[] = [];
  for await (const state of engine.api.load({ modelId }, { signal })) states.push(state);
  return states;
}
/** An answer by whatever is asked for, as the chat makes it. */
async function answer(engine: Engine, modelId: string, script: string) {
  const release = await engine.takeTurn(never, () => {});
  try {
    await load(engine, modelId);
    return await collect(engine.generate(ask(script), never));
  } finally {
    release();
  }
}
const gone = async (pid: number | null) => {
  for (let round = 0; round < 100 && isRunning(pid); round++)
    await new Promise((wait) => setTimeout(wait, 20));
  return !isRunning(pid);
};

describe('a switch with room for both models', () => {
  it('keeps the old model answering until the new one is ready, then ends its process', async () => {
    const { engine } = start({ roomFor: () => true });
    await load(engine, 'old');
    const { pid } = engine.status.value;
    const switching = choose(engine, 'slow-load');
    await until(engine, ({ next }) => next?.state === 'loading' && next.fraction > 0);
    expect(engine.status.value).toMatchObject({ pid, model: { state: 'ready', id: 'old' } });
    expect(await answer(engine, 'old', 'say still here')).toHaveLength(3);
    const states = await switching;
    expect(states.at(-1)).toMatchObject({ state: 'ready', id: 'slow-load' });
    expect(states[0]).toMatchObject({ state: 'loading', note: null });
    expect(engine.status.value).toMatchObject({ next: null, crashes: 0, model: { id: 'slow-load' } });
    expect(engine.status.value.pid).not.toBe(pid);
    expect(await gone(pid)).toBe(true);
  });

  it('lets an answer of the old model go on to its end after the swap', async () => {
    const { engine } = start({ roomFor: () => true });
    await load(engine, 'old');
    const { pid } = engine.status.value;
    const long = answer(engine, 'old', 'words 200 10');
    await until(engine, ({ busy }) => busy);
    await choose(engine, 'new');
    expect(engine.status.value).toMatchObject({ model: { id: 'new' }, busy: true });
    const events = await long;
    expect(events.at(-1)).toMatchObject({ type: 'finished', endReason: 'complete' });
    expect(events).toHaveLength(201);
    expect(await gone(pid)).toBe(true);
    expect(await answer(engine, 'new', 'say hello')).toHaveLength(2);
    expect(engine.status.value.crashes).toBe(0);
  });

  it('leaves the old model in use when the new one is cancelled, even if it hangs', async () => {
    const { engine } = start({ roomFor: () => true });
    await load(engine, 'old');
    const leave = new AbortController();
    const switching = choose(engine, 'hang-load', leave.signal);
    await until(engine, ({ next }) => next?.state === 'loading' && next.fraction >= 0.25);
    leave.abort();
    await expect(switching).rejects.toMatchObject({ code: 'cancelled' });
    expect(engine.status.value).toMatchObject({
      next: null,
      crashes: 0,
      model: { state: 'ready', id: 'old' },
    });
    expect(await answer(engine, 'old', 'say fine')).toHaveLength(2);
  });

  it('leaves the old model in use when the new one cannot be loaded, and says what to try', async () => {
    const { engine } = start({ roomFor: () => true });
    await load(engine, 'old');
    await expect(choose(engine, 'memory-load')).rejects.toMatchObject({ code: 'model_load_failed' });
    expect(engine.status.value).toMatchObject({
      model: { state: 'ready', id: 'old' },
      next: { state: 'failed', id: 'memory-load', cause: 'memory' },
    });
    expect(await answer(engine, 'old', 'say fine')).toHaveLength(2);
    await choose(engine, 'new');
    expect(engine.status.value.next).toBeNull();
  });

  it('counts a crash for the model that caused it and not for the one in use', async () => {
    const { engine } = start({ roomFor: () => true });
    await load(engine, 'old');
    const { pid } = engine.status.value;
    for (let crash = 0; crash < 3; crash++)
      await expect(choose(engine, 'crash-load')).rejects.toMatchObject({ code: 'engine_crashed' });
    await expect(choose(engine, 'crash-load')).rejects.toMatchObject({ code: 'model_blocked' });
    expect(engine.status.value).toMatchObject({
      pid,
      process: 'running',
      blocked: ['crash-load'],
      lastCrash: { modelId: 'crash-load' },
      model: { state: 'ready', id: 'old' },
    });
    expect(await answer(engine, 'old', 'say fine')).toHaveLength(2);
  });

  it('goes on loading when the old model crashes meanwhile', async () => {
    const { engine } = start({ roomFor: () => true });
    await load(engine, 'old');
    const switching = choose(engine, 'slow-load');
    await until(engine, ({ next }) => next?.state === 'loading');
    await expect(answer(engine, 'old', 'crash')).rejects.toMatchObject({ code: 'engine_crashed' });
    expect((await switching).at(-1)).toMatchObject({ state: 'ready', id: 'slow-load' });
    expect(await answer(engine, 'slow-load', 'say hello')).toHaveLength(2);
  });

  it('shows a prompt how far the load is that the window asked for, and answers it with that model', async () => {
    const { engine } = start({ roomFor: () => true });
    await load(engine, 'old');
    const switching = choose(engine, 'slow-load');
    await until(engine, ({ next }) => next?.state === 'loading');
    const fractions: number[] = [];
    const release = await engine.takeTurn(never, () => {});
    await engine.ensureLoaded('slow-load', never, ({ fraction }) => fractions.push(fraction));
    expect(await collect(engine.generate(ask('say hello'), never))).toHaveLength(2);
    release();
    await switching;
    expect(fractions.length).toBeGreaterThan(0);
    expect(engine.status.value.crashes).toBe(0);
  });
});

describe('a switch without room for both', () => {
  it('unloads the old model first, and says so', async () => {
    const { engine } = start({ roomFor: () => false });
    await load(engine, 'old');
    const { pid } = engine.status.value;
    const states = await choose(engine, 'slow-load');
    expect(states[0]).toMatchObject({
      state: 'loading',
      note: expect.stringContaining('the one before was unloaded first'),
    });
    expect(engine.status.value).toMatchObject({ pid, model: { state: 'ready', id: 'slow-load' } });
  });

  it('waits for the end of an answer before it takes its model away', async () => {
    const { engine } = start({ roomFor: () => false });
    await load(engine, 'old');
    const long = answer(engine, 'old', 'words 60 10');
    await until(engine, ({ busy }) => busy);
    const switching = choose(engine, 'new');
    expect((await long).at(-1)).toMatchObject({ endReason: 'complete' });
    expect((await switching).at(-1)).toMatchObject({ state: 'ready', id: 'new' });
  });
});

describe('a load that failed', () => {
  it('names the next sensible setting; if that works it is kept', async () => {
    const { engine, kept } = start();
    const wide = loadSettings.parse({ contextSize: 8192 });
    const trial = async (settings: typeof wide) => {
      for await (const _ of engine.api.load({ modelId: 'memory-load', settings }, { signal: never }));
    };
    await expect(trial(wide)).rejects.toMatchObject({ code: 'model_load_failed' });
    expect(kept).toEqual([]);
    const { model } = engine.status.value;
    if (model.state !== 'failed' || !model.retry) return expect.unreachable('there is something to try');
    expect(model.retry.label).toBe('Try with a context of 4,096');
    await expect(trial(model.retry.settings)).resolves.toBeUndefined();
    expect(kept).toEqual([['memory-load', { ...wide, contextSize: 4096 }]]);
    expect(engine.status.value.model).toMatchObject({ state: 'ready' });
  });

  it('knows from the end of the process what it was', async () => {
    const { engine } = start();
    for (const [id, cause] of [
      ['oom-load', 'memory'],
      ['illegal-load', 'cpu'],
      ['crash-load', 'unknown'],
    ] as const) {
      await expect(choose(engine, id)).rejects.toMatchObject({ code: 'engine_crashed' });
      expect(engine.status.value.model).toMatchObject({ state: 'failed', id, cause });
    }
    const { model } = engine.status.value;
    expect(model.state === 'failed' && model.retry?.label).toBeTruthy();
  });
});

describe('adapters', () => {
  const adapters = [{ id: 'tone', scale: 0.5 }];

  it('are attached to the loaded model without loading it again, and kept', async () => {
    const { engine, kept } = start();
    await load(engine, 'a');
    await engine.api.adapt({ modelId: 'a', adapters }, { signal: never });
    expect(engine.status.value.model).toMatchObject({
      state: 'ready',
      loaded: { adapters: [{ path: '/models/tone.gguf', scale: 0.5 }] },
    });
    expect(kept).toEqual([['a', { adapters }]]);
  });

  it('are kept for later where the model is not loaded', async () => {
    const { engine, kept } = start();
    await engine.api.adapt({ modelId: 'a', adapters }, { signal: never });
    expect(kept).toEqual([['a', { adapters }]]);
    expect(engine.status.value.model).toEqual({ state: 'none' });
  });
});

describe('a model that nobody asks anything', () => {
  it('is unloaded, said so, and loaded again by the next prompt', async () => {
    const { engine } = start({ unloadAfter: () => 300, lookEvery: 50 });
    await load(engine, 'a');
    const { pid } = engine.status.value;
    const rested = await until(engine, (status) => status.rested !== null);
    expect(rested).toMatchObject({ rested: 'a', model: { state: 'none' }, crashes: 0 });
    expect(await gone(pid)).toBe(true);
    expect(await answer(engine, 'a', 'say awake')).toHaveLength(2);
    expect(engine.status.value).toMatchObject({ rested: null, model: { state: 'ready' } });
  });

  it('is not unloaded while it answers', async () => {
    const { engine } = start({ unloadAfter: () => 100, lookEvery: 20 });
    const events = await answer(engine, 'a', 'words 60 10');
    expect(events.at(-1)).toMatchObject({ endReason: 'complete' });
  });
});
