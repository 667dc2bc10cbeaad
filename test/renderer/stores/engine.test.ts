import { expect, it } from 'vitest';
import type { EngineStatus, ModelState } from '../../../electron/contract/engine.ts';
import { InklingError } from '../../../electron/contract/errors.ts';
import { type FailedLoad, loadSettings, type RunningLoad } from '../../../electron/contract/load.ts';
import type { Connection } from '../../../renderer/platform/connection.ts';
import { createEngineStore, retryOf, stateOf } from '../../../renderer/stores/engine.ts';

const running = (id: string, note: string | null = null): RunningLoad => ({
  state: 'loading',
  id,
  phase: 'reading',
  fraction: 0.5,
  note,
});
const failed = (id: string): FailedLoad => ({
  state: 'failed',
  id,
  error: { code: 'model_load_failed', message: 'No.' },
  cause: 'memory',
  retry: { label: 'Try with a context of 4,096', settings: loadSettings.parse({ contextSize: 4096 }) },
});
const status = (model: ModelState, next: EngineStatus['next'] = null): EngineStatus => ({
  process: 'running',
  pid: 1,
  hardware: null,
  model,
  next,
  rested: null,
  busy: false,
  waiting: 0,
  crashes: 0,
  lastCrash: null,
  blocked: [],
});

function storeOver(load: () => AsyncIterable<ModelState>) {
  const api = { engine: { load } };
  return createEngineStore({ api, follow: () => {} } as unknown as Connection);
}

it('knows the state of each model while one takes the place of another', () => {
  const now = status(running('old'), running('new'));
  expect(stateOf(now, 'new')).toMatchObject({ state: 'loading', id: 'new' });
  expect(stateOf(now, 'old')).toMatchObject({ id: 'old' });
  expect(stateOf(now, 'third')).toBeNull();
  expect(stateOf(now, null)).toBeNull();
});

it('offers the next try only to the model that failed', () => {
  const now = status({ state: 'none' }, failed('new'));
  expect(retryOf(now, 'new')?.label).toBe('Try with a context of 4,096');
  expect(retryOf(now, 'old')).toBeNull();
});

it('prefers a load that runs to an older failure of the same model', () => {
  expect(stateOf(status(running('new'), failed('new')), 'new')).toMatchObject({ state: 'loading' });
});

it('tells once that the model in use has to go first', async () => {
  let replaced = 0;
  const store = storeOver(async function* () {
    yield running('new', 'The one before was unloaded first.');
    yield running('new', 'The one before was unloaded first.');
  });
  const loaded = await store.getState().load('new', {
    onReplacing: () => {
      replaced++;
    },
  });
  expect({ loaded, replaced, asked: store.getState().asked }).toEqual({
    loaded: true,
    replaced: 1,
    asked: null,
  });
});

it('answers false to a cancel, and throws what a load failed with', async () => {
  const failing = storeOver(async function* () {
    yield failed('new');
  });
  await expect(failing.getState().load('new')).rejects.toBeInstanceOf(InklingError);
  const cancelled = storeOver(async function* () {
    yield running('new');
    cancelled.getState().cancelLoad();
    throw new InklingError('cancelled', 'Cancelled.');
  });
  expect(await cancelled.getState().load('new')).toBe(false);
});
