import type { z } from 'zod';
import { createStore } from 'zustand/vanilla';
import { type Failure, toFailure } from '../../electron/contract/errors.ts';
import type { CatalogModel, FoundModel, hub, ModelDetails } from '../../electron/contract/hub.ts';
import type { Connection } from '../platform/connection.ts';

type SearchInput = z.output<(typeof hub)['search']['input']>;
/** How the results are sorted, and the licence they must have. */
export type SearchOrder = Pick<SearchInput, 'sort' | 'license'>;

/** Something asked for: on its way, here, or not to be had for a reason. */
export type Asked<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly value: T }
  | { readonly state: 'failed'; readonly problem: Failure };

/** What a search has brought. `page` tells of the next page while one is asked for. */
export interface Found {
  readonly models: readonly FoundModel[];
  readonly next: string | null;
  readonly page: Asked<null> | null;
}

/** What can be had: the catalogue, one search at a time, and what was asked about single models. */
export interface HubStore {
  readonly catalog: Asked<readonly CatalogModel[]>;
  /** What is typed; nothing is searched for while it is empty. */
  readonly query: string;
  readonly order: SearchOrder;
  /** The results before stay while others are on their way; null without a query. */
  readonly search: Asked<Found> | null;
  readonly lastFound: Found | null;
  /** By repository. */
  readonly details: ReadonlyMap<string, Asked<ModelDetails>>;
  loadCatalog(): Promise<void>;
  /** Searches for these words; the search before is given up. */
  setQuery(query: string): void;
  setOrder(order: Partial<SearchOrder>): void;
  searchAgain(): void;
  nextPage(): Promise<void>;
  /** Asks about one model, unless its answer is here or on its way; `again` asks in any case. */
  loadDetails(repo: string, again?: boolean): Promise<void>;
}

/** Makes the cache of the hub. Its calls never throw: what went wrong is in the state. */
export function createHubStore({ api }: Pick<Connection, 'api'>) {
  let searching: AbortController | undefined;

  const store = createStore<HubStore>((setState, getState) => {
    const search = async () => {
      searching?.abort();
      const { query, order } = getState();
      if (query.trim() === '') return setState({ search: null, lastFound: null });
      const mine = new AbortController();
      searching = mine;
      setState({ search: { state: 'loading' } });
      try {
        const { models, next } = await api.hub.search(
          { query: query.trim(), ...order },
          { signal: mine.signal },
        );
        if (mine.signal.aborted) return;
        const found: Found = { models, next, page: null };
        setState({ search: { state: 'ready', value: found }, lastFound: found });
      } catch (error) {
        if (!mine.signal.aborted) setState({ search: { state: 'failed', problem: toFailure(error) } });
      }
    };
    const setDetails = (repo: string, asked: Asked<ModelDetails>) =>
      setState({ details: new Map(getState().details).set(repo, asked) });

    return {
      catalog: { state: 'loading' },
      query: '',
      order: { sort: 'downloads', license: null },
      search: null,
      lastFound: null,
      details: new Map(),
      async loadCatalog() {
        if (getState().catalog.state === 'failed') setState({ catalog: { state: 'loading' } });
        try {
          const { models } = await api.hub.catalog(null);
          setState({ catalog: { state: 'ready', value: models } });
        } catch (error) {
          // A catalogue that is here is better than none.
          if (getState().catalog.state !== 'ready')
            setState({ catalog: { state: 'failed', problem: toFailure(error) } });
        }
      },
      setQuery(query) {
        const same = query.trim() === getState().query.trim();
        setState({ query });
        if (!same) void search();
      },
      setOrder(order) {
        setState({ order: { ...getState().order, ...order } });
        void search();
      },
      searchAgain: () => void search(),
      async nextPage() {
        const { search: asked, query, order } = getState();
        if (asked?.state !== 'ready' || asked.value.next === null || asked.value.page?.state === 'loading')
          return;
        const mine = searching;
        const show = (value: Found) => {
          // Another search may have begun meanwhile.
          if (mine === searching && !mine?.signal.aborted)
            setState({ search: { state: 'ready', value }, lastFound: value });
        };
        const before = asked.value;
        show({ ...before, page: { state: 'loading' } });
        try {
          const { models, next } = await api.hub.search(
            { query: query.trim(), ...order, cursor: before.next },
            { signal: mine?.signal },
          );
          const known = new Set(before.models.map(({ repo }) => repo));
          const fresh = models.filter(({ repo }) => !known.has(repo));
          show({ models: [...before.models, ...fresh], next, page: null });
        } catch (error) {
          show({ ...before, page: { state: 'failed', problem: toFailure(error) } });
        }
      },
      async loadDetails(repo, again = false) {
        const known = getState().details.get(repo)?.state;
        if (known === 'loading' || (known === 'ready' && !again)) return;
        setDetails(repo, { state: 'loading' });
        try {
          setDetails(repo, { state: 'ready', value: await api.hub.model({ repo }) });
        } catch (error) {
          setDetails(repo, { state: 'failed', problem: toFailure(error) });
        }
      },
    };
  });
  return store;
}
