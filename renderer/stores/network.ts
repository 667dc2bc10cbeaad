import { createStore } from 'zustand/vanilla';
import { type Failure, toFailure } from '../../electron/contract/errors.ts';
import type { NetworkRequest } from '../../electron/contract/network.ts';
import type { Connection } from '../platform/connection.ts';

/** The requests that left this computer. */
export interface NetworkStore {
  /** Newest first; null until they arrived. */
  readonly requests: readonly NetworkRequest[] | null;
  /** How many there were since the start; the oldest are no longer listed. */
  readonly total: number;
  /** The hub's origin; null until it is known. */
  readonly hub: string | null;
  readonly problem: Failure | null;
  /** Keeps the list up to date until the answered function is called: it changes often, so only who shows it follows. */
  watch(): () => void;
  /** The page of a model on the hub, for the person to open. Throws what the app answers. */
  pageOf(repo: string): Promise<string>;
}

/** Makes the cache of the list of requests. */
export function createNetworkStore({ api, follow }: Connection) {
  return createStore<NetworkStore>((setState, getState) => ({
    requests: null,
    total: 0,
    hub: null,
    problem: null,
    watch() {
      const left = new AbortController();
      follow(
        (api) => api.network.watch(null, { signal: left.signal }),
        (list) => setState({ ...list, problem: null }),
        (error) => setState({ problem: toFailure(error) }),
        left.signal,
      );
      return () => left.abort();
    },
    async pageOf(repo) {
      if (getState().hub === null) {
        for await (const { hub } of api.network.watch(null)) {
          setState({ hub });
          break;
        }
      }
      return `${getState().hub}/${repo}`;
    },
  }));
}
