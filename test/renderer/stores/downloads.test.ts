import { describe, expect, it } from 'vitest';
import type { Download } from '../../../electron/contract/downloads.ts';
import { InklingError } from '../../../electron/contract/errors.ts';
import type { Connection } from '../../../renderer/platform/connection.ts';
import {
  createDownloadsStore,
  endedSince,
  findDownload,
  percentOfAll,
} from '../../../renderer/stores/downloads.ts';
import { aDownload } from './aDownload.ts';

/** The store over an app that answers what the test says; `tell` is the app's list of downloads. */
function scripted(api: Partial<Connection['api']['downloads']>) {
  let onEvent: (event: { downloads: Download[] }) => void = () => {};
  let onError: (error: unknown) => void = () => {};
  const store = createDownloadsStore({
    api: { downloads: api },
    follow(_start: unknown, event: typeof onEvent, error: typeof onError) {
      onEvent = event;
      onError = error;
    },
  } as unknown as Connection);
  return {
    store,
    tell: (...downloads: Download[]) => onEvent({ downloads }),
    fail: (e: unknown) => onError(e),
  };
}

describe('the downloads of the window', () => {
  it('shows a new download before the app lists it, and never an older state over a newer one', async () => {
    const { store, tell } = scripted({ start: async () => aDownload({ state: 'resolving', received: 0 }) });
    tell();
    await store.getState().start('owner/model', 'model-Q4_K_M.gguf');
    expect(store.getState().downloads?.map(({ state }) => state)).toEqual(['resolving']);
    tell(aDownload({ state: 'verifying' }));
    await store.getState().start('owner/model', 'model-Q4_K_M.gguf');
    expect(store.getState().downloads?.map(({ state }) => state)).toEqual(['verifying']);
  });

  it('asks only once for a file while the first ask is on its way, and forgets it when that fails', async () => {
    let calls = 0;
    const { store } = scripted({
      start: async () => {
        calls++;
        throw new InklingError('storage_full', 'The disk is full.');
      },
    });
    const first = store.getState().start('owner/model', 'a.gguf');
    const second = store.getState().start('owner/model', 'a.gguf');
    expect([...store.getState().asked]).toEqual(['owner/model/a.gguf']);
    await expect(first).rejects.toMatchObject({ code: 'storage_full' });
    await second;
    expect(calls).toBe(1);
    expect(store.getState().asked.size).toBe(0);
  });

  it('keeps the problem of the list in words until the list is there', () => {
    const { store, tell, fail } = scripted({});
    fail(new InklingError('internal', 'It has no service.'));
    expect(store.getState()).toMatchObject({ downloads: null, problem: { message: 'It has no service.' } });
    tell(aDownload());
    expect(store.getState().problem).toBeNull();
  });
});

it('finds the newest download of a file', () => {
  const downloads = [
    aDownload({ id: 'old' }),
    aDownload({ id: 'new' }),
    aDownload({ id: 'x', file: 'b.gguf' }),
  ];
  expect(findDownload(downloads, 'owner/model', 'model-Q4_K_M.gguf')?.id).toBe('new');
  expect(findDownload(downloads, 'owner/other', 'model-Q4_K_M.gguf')).toBeNull();
});

it('tells of downloads that ended between two looks, and not of those that came ended', () => {
  const before = [
    aDownload({ id: 'a' }),
    aDownload({ id: 'b', state: 'ready' }),
    aDownload({ id: 'full' }),
    aDownload({ id: 'paused' }),
  ];
  const now = [
    aDownload({ id: 'a', state: 'ready' }),
    aDownload({ id: 'b', state: 'ready' }),
    aDownload({ id: 'c', state: 'failed' }),
    aDownload({ id: 'full', state: 'paused', problem: { code: 'storage_full', message: '' } }),
    aDownload({ id: 'paused', state: 'paused' }),
  ];
  expect(endedSince(before, now).map(({ id }) => id)).toEqual(['a', 'full']);
});

it('says in percent how far all moving downloads are together, and 100 only when they are ready', () => {
  const half = aDownload({ received: 500 });
  expect(percentOfAll([half, aDownload({ size: 3000, received: 3000, state: 'verifying' })])).toBe(87);
  expect(percentOfAll([aDownload({ received: 1000, state: 'verifying' })])).toBe(99);
  expect(percentOfAll([aDownload({ size: null, received: 0, state: 'queued' })])).toBe(0);
  expect(percentOfAll([aDownload({ state: 'paused' }), aDownload({ state: 'failed' })])).toBeNull();
  expect(percentOfAll(null)).toBeNull();
});
