import { createStore } from 'zustand/vanilla';
import type { Download } from '../../electron/contract/downloads.ts';
import { type Failure, toFailure } from '../../electron/contract/errors.ts';
import type { Connection } from '../platform/connection.ts';

/** The models on their way from the hub. Its calls throw what the app answers. */
export interface DownloadsStore {
  /** Oldest first; null until they arrived. */
  readonly downloads: readonly Download[] | null;
  /** Why nothing is known of them now. */
  readonly problem: Failure | null;
  /** Files that were asked for and are not listed yet, as `repo/file`. */
  readonly asked: ReadonlySet<string>;
  start(repo: string, file: string): Promise<void>;
  pause(id: string): Promise<void>;
  resume(id: string): Promise<void>;
  cancel(id: string): Promise<void>;
  remove(id: string): Promise<void>;
}

/** Makes the cache of the downloads. */
export function createDownloadsStore({ api, follow }: Connection) {
  const store = createStore<DownloadsStore>((setState, getState) => {
    // What is listed already comes with the next look; an answer may be older than that.
    const add = (started: Download) => {
      const before = getState().downloads ?? [];
      if (!before.some(({ id }) => id === started.id)) setState({ downloads: [...before, started] });
    };
    const drop = (id: string) =>
      setState({ downloads: getState().downloads?.filter((each) => each.id !== id) ?? null });
    return {
      downloads: null,
      problem: null,
      asked: new Set(),
      async start(repo, file) {
        const name = nameOf(repo, file);
        if (getState().asked.has(name)) return;
        setState({ asked: new Set([...getState().asked, name]) });
        try {
          add(await api.downloads.start({ repo, file }));
        } finally {
          setState({ asked: new Set([...getState().asked].filter((each) => each !== name)) });
        }
      },
      async pause(id) {
        await api.downloads.pause({ id });
      },
      async resume(id) {
        await api.downloads.resume({ id });
      },
      async cancel(id) {
        await api.downloads.cancel({ id });
        drop(id);
      },
      async remove(id) {
        await api.downloads.remove({ id });
        drop(id);
      },
    };
  });
  follow(
    (api) => api.downloads.watch(null),
    ({ downloads }) => store.setState({ downloads, problem: null }),
    (error) => store.setState({ problem: toFailure(error) }),
  );
  return store;
}

/** The downloads that became ready, failed or had to stop between two looks. */
export function endedSince(before: readonly Download[], now: readonly Download[]): readonly Download[] {
  const states = new Map(before.map(({ id, state }) => [id, state]));
  return now.filter(({ id, state, problem }) => {
    const ended = state === 'ready' || state === 'failed' || (state === 'paused' && problem !== null);
    return ended && states.has(id) && states.get(id) !== state;
  });
}

/** The newest download of a file, or null. */
export const findDownload = (
  downloads: readonly Download[] | null,
  repo: string,
  file: string,
): Download | null => downloads?.findLast((each) => each.repo === repo && each.file === file) ?? null;

/** Whether a download goes on by itself now. */
export const isMoving = ({ state }: Pick<Download, 'state'>): boolean =>
  state === 'queued' || state === 'resolving' || state === 'downloading' || state === 'verifying';

/** How far all moving downloads are together, in whole percent; null while none moves. */
export function percentOfAll(downloads: readonly Download[] | null): number | null {
  const moving = downloads?.filter(isMoving) ?? [];
  if (moving.length === 0) return null;
  const sized = moving.filter(({ size }) => size !== null);
  const size = sized.reduce((sum, each) => sum + (each.size ?? 0), 0);
  const received = sized.reduce((sum, each) => sum + each.received, 0);
  // Every byte is here before the hash is; only a ready model is at 100%.
  return size === 0 ? 0 : Math.min(99, Math.floor((received / size) * 100));
}

/** A file of the hub in one word. */
export const nameOf = (repo: string, file: string): string => `${repo}/${file}`;
