import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AppInfo } from '../../electron/contract/app.ts';
import { InklingError } from '../../electron/contract/errors.ts';
import { type AppApi, contract } from '../../electron/contract/index.ts';
import { connect } from '../../electron/rpc/connect.ts';
import type { Port } from '../../electron/rpc/port.ts';

/** Whether Inkling answers. `epoch` counts the times it was reached, so that caches know when to ask again. */
export interface ConnectionState {
  readonly state: 'connecting' | 'open' | 'lost';
  readonly epoch: number;
  readonly attempts: number;
  readonly info: AppInfo | null;
}

/** The api over whatever port is open now, and the streams that outlive a lost connection. */
export interface Connection {
  readonly api: AppApi;
  readonly state: StoreApi<ConnectionState>;
  /**
   * Reads a stream until the signal, if there is one, says to leave: after an end, an error or a lost connection it is
   * asked for again, more and more seldom while it only fails.
   */
  follow<T>(
    start: (api: AppApi) => AsyncIterable<T>,
    onEvent: (event: T) => void,
    onError?: (error: unknown) => void,
    signal?: AbortSignal,
  ): void;
  retry(): void;
}

const firstDelayMs = 300;
const longestDelayMs = 5000;
const followPauseMs = 250;
const longestFollowPauseMs = 15_000;

/** Keeps one connection alive: opens ports until one answers, and starts over when it is lost. */
export function createConnection(open: () => Port): Connection {
  const state = createStore<ConnectionState>(() => ({
    state: 'connecting',
    epoch: 0,
    attempts: 0,
    info: null,
  }));
  let current: AppApi | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const lose = () => {
    const attempts = state.getState().attempts + 1;
    state.setState({ state: 'lost', attempts });
    timer = setTimeout(start, Math.min(firstDelayMs * 2 ** (attempts - 1), longestDelayMs));
  };
  const reached = (info: AppInfo | null) =>
    state.setState({ state: 'open', epoch: state.getState().epoch + 1, attempts: 0, info });
  const start = () => {
    clearTimeout(timer);
    const port = open();
    const api = connect(contract, port);
    current = api;
    port.onClose(() => {
      if (current === api) lose();
    });
    api.app.info(null).then(
      (info) => reached(info),
      (error: unknown) => {
        // A lost port is handled by onClose; any other failure still means that Inkling answers.
        if (current === api && !isLost(error)) reached(null);
      },
    );
  };

  const follow: Connection['follow'] = async (begin, onEvent, onError, signal) => {
    let pause = followPauseMs;
    while (!signal?.aborted) {
      await opened(state);
      try {
        for await (const event of begin(api)) {
          pause = followPauseMs;
          onEvent(event);
        }
      } catch (error) {
        if (signal?.aborted) return;
        if (!isLost(error)) {
          console.warn('A stream of Inkling ended with an error.', error);
          pause = Math.min(pause * 2, longestFollowPauseMs);
          onError?.(error);
        }
      }
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  };

  const api = createFacade(() => current);
  start();
  return {
    api,
    state,
    follow,
    retry() {
      if (state.getState().state === 'lost') start();
    },
  };
}

const isLost = (error: unknown) => error instanceof InklingError && error.code === 'connection_lost';

function opened(state: StoreApi<ConnectionState>): Promise<void> {
  return new Promise((resolve) => {
    if (state.getState().state === 'open') return resolve();
    const stop = state.subscribe((next) => {
      if (next.state !== 'open') return;
      stop();
      resolve();
    });
  });
}

// The same table as the contract, each call sent to the api that is connected at that moment.
function createFacade(find: () => AppApi | undefined): AppApi {
  const domains = Object.entries(contract).map(([domain, entries]) => {
    const calls = Object.keys(entries).map((name) => {
      const call = (input: unknown, options: unknown) => {
        const domains = find() as unknown as Record<string, Record<string, (...args: unknown[]) => unknown>>;
        return domains?.[domain]?.[name]?.(input, options);
      };
      return [name, call];
    });
    return [domain, Object.fromEntries(calls)];
  });
  return Object.fromEntries(domains) as AppApi;
}
