import { expect, it } from 'vitest';
import { InklingError } from '../../../electron/contract/errors.ts';
import type { FoundModel } from '../../../electron/contract/hub.ts';
import type { Connection } from '../../../renderer/platform/connection.ts';
import { createHubStore } from '../../../renderer/stores/hub.ts';

const found = (repo: string): FoundModel => ({
  repo,
  author: 'owner',
  name: repo,
  downloads: null,
  likes: null,
  updatedAt: null,
  gate: 'open',
  license: null,
  task: null,
});

interface Ask {
  readonly input: { readonly query: string; readonly cursor?: string | null; readonly sort?: string };
  readonly signal: AbortSignal;
  answer(models: readonly string[], next?: string): void;
  fail(error: unknown): void;
}

/** The store over a hub whose every search waits for the test's answer. */
function scripted(more: object = {}) {
  const asks: Ask[] = [];
  const search = (input: Ask['input'], { signal }: { signal: AbortSignal }) =>
    new Promise((resolve, reject) => {
      asks.push({
        input,
        signal,
        answer: (repos, next) => resolve({ models: repos.map(found), next: next ?? null }),
        fail: reject,
      });
    });
  const store = createHubStore({ api: { hub: { search, ...more } } } as unknown as Connection);
  const repos = () => {
    const { search } = store.getState();
    return search?.state === 'ready' ? search.value.models.map(({ repo }) => repo) : search?.state;
  };
  return { store, asks, repos };
}
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

it('gives up the search before when more is typed, and shows only the answer to the last words', async () => {
  const { store, asks, repos } = scripted();
  store.getState().setQuery('qw');
  store.getState().setQuery('qwen');
  expect(asks[0]?.signal.aborted).toBe(true);
  asks[1]?.answer(['owner/right']);
  await settled();
  asks[0]?.answer(['owner/wrong']);
  await settled();
  expect(repos()).toEqual(['owner/right']);
});

it('asks nothing for empty words or for spaces around the same ones, and goes back to the catalogue', async () => {
  const { store, asks } = scripted();
  store.getState().setQuery('  ');
  store.getState().setQuery('qwen');
  store.getState().setQuery('qwen ');
  expect(asks.map(({ input }) => input.query)).toEqual(['qwen']);
  store.getState().setQuery('');
  expect(asks[0]?.signal.aborted).toBe(true);
  expect(store.getState().search).toBeNull();
});

it('adds the next page, without what is listed already', async () => {
  const { store, asks, repos } = scripted();
  store.getState().setQuery('qwen');
  asks[0]?.answer(['owner/a', 'owner/b'], 'more');
  await settled();
  void store.getState().nextPage();
  void store.getState().nextPage();
  expect(asks).toHaveLength(2);
  expect(asks[1]?.input.cursor).toBe('more');
  asks[1]?.answer(['owner/b', 'owner/c']);
  await settled();
  expect(repos()).toEqual(['owner/a', 'owner/b', 'owner/c']);
});

it('keeps the results when the next page fails, and asks for it again', async () => {
  const { store, asks, repos } = scripted();
  store.getState().setQuery('qwen');
  asks[0]?.answer(['owner/a'], 'more');
  await settled();
  void store.getState().nextPage();
  asks[1]?.fail(new InklingError('offline', 'No network.'));
  await settled();
  expect(repos()).toEqual(['owner/a']);
  expect(store.getState().search).toMatchObject({ value: { page: { problem: { code: 'offline' } } } });
  void store.getState().nextPage();
  asks[2]?.answer(['owner/b']);
  await settled();
  expect(repos()).toEqual(['owner/a', 'owner/b']);
});

it('drops a page that arrives after another search began', async () => {
  const { store, asks, repos } = scripted();
  store.getState().setQuery('qwen');
  asks[0]?.answer(['owner/a'], 'more');
  await settled();
  void store.getState().nextPage();
  store.getState().setOrder({ sort: 'likes' });
  asks[1]?.answer(['owner/late']);
  await settled();
  expect(repos()).toBe('loading');
  asks[2]?.answer(['owner/liked']);
  await settled();
  expect([asks[2]?.input.sort, repos()]).toEqual(['likes', ['owner/liked']]);
});

it('says why a search failed, and searches again', async () => {
  const { store, asks, repos } = scripted();
  store.getState().setQuery('qwen');
  asks[0]?.fail(new InklingError('rate_limited', 'Wait.', { retryAt: 5 }));
  await settled();
  expect(store.getState().search).toMatchObject({
    state: 'failed',
    problem: { code: 'rate_limited', details: { retryAt: 5 } },
  });
  store.getState().searchAgain();
  asks[1]?.answer([]);
  await settled();
  expect(repos()).toEqual([]);
});

it('keeps a catalogue that is here when it cannot be read anew', async () => {
  let broken = false;
  const { store } = scripted({
    catalog: async () => {
      if (broken) throw new InklingError('internal', 'Broken.');
      return { models: [] };
    },
  });
  await store.getState().loadCatalog();
  broken = true;
  await store.getState().loadCatalog();
  expect(store.getState().catalog).toEqual({ state: 'ready', value: [] });
});

it('asks about a model once, and again only after a failure or when told to', async () => {
  let calls = 0;
  const { store } = scripted({
    model: async () => {
      if (++calls === 1) throw new InklingError('offline', 'No network.');
      return { repo: 'owner/a' };
    },
  });
  const { loadDetails } = store.getState();
  await loadDetails('owner/a');
  expect(store.getState().details.get('owner/a')).toMatchObject({ state: 'failed' });
  await Promise.all([loadDetails('owner/a'), loadDetails('owner/a')]);
  await loadDetails('owner/a');
  expect(calls).toBe(2);
  await loadDetails('owner/a', true);
  expect(calls).toBe(3);
});
