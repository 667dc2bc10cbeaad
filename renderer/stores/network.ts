import { createStore } from 'zustand/vanilla';
import { type Failure, toFailure } from '../../electron/contract/errors.ts';
import type { NetworkRequest, TokenStatus } from '../../electron/contract/network.ts';
import type { Connection } from '../platform/connection.ts';

/** The requests that left this computer, and the access token that some of them carry. */
export interface NetworkStore {
  /** Newest first; null until they arrived. */
  readonly requests: readonly NetworkRequest[] | null;
  /** How many there were since the start; the oldest are no longer listed. */
  readonly total: number;
  /** The hub's origin; null until it is known. */
  readonly hub: string | null;
  readonly problem: Failure | null;
  /** What is known of the access token; null until it arrived. */
  readonly token: TokenStatus | null;
  /** Keeps a token and asks the hub whose it is. Throws what the app answers; the token may be kept all the same. */
  setToken(token: string): Promise<void>;
  checkToken(): Promise<void>;
  removeToken(): Promise<void>;
  /** Keeps the list up to date until the answered function is called: it changes often, so only who shows it follows. */
  watch(): () => void;
  /** The page of a model on the hub, for the person to open. Throws what the app answers. */
  pageOf(repo: string): Promise<string>;
}

/** Makes the cache of the list of requests and of the token's state. */
export function createNetworkStore({ api, follow }: Connection) {
  const store = createStore<NetworkStore>((setState, getState) => ({
    requests: null,
    total: 0,
    hub: null,
    problem: null,
    token: null,
    async setToken(token) {
      await api.network.setToken({ token });
      await api.network.checkToken(null);
    },
    async checkToken() {
      await api.network.checkToken(null);
    },
    async removeToken() {
      await api.network.removeToken(null);
    },
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
  follow(
    (api) => api.network.watchToken(null),
    (token) => store.setState({ token }),
  );
  return store;
}
