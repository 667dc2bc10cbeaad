import { InklingError, toFailure } from '../../contract/errors.ts';
import type { NoteRef } from '../../contract/noteRef.ts';
import { openRoot } from '../files/openRoot.ts';
import type { Root } from '../files/safePath.ts';
import type { Versions } from '../files/versions.ts';
import type { IndexHandle } from '../index/indexHandle.ts';
import { leftover, scrub } from '../index/scrub.ts';
import { createBursts } from './bursts.ts';
import { compareFolder, forgetOthers, readSome } from './folderWork.ts';
import { createFollowed, type Followed } from './followed.ts';
import { type FollowTimes, followTimes } from './followTimes.ts';
import { createOwnChanges } from './ownChanges.ts';
import { createPace, Ended } from './pace.ts';
import type { Progress } from './progress.ts';
import { nextUpkeep } from './upkeep.ts';

/** Files that are still read before a comparison counts as done. */
const readWhileWaiting = 100;
/** Milliseconds between two counts of what the index holds, while it grows. */
const countEvery = 250;

/** Keeps the index equal to the folders. */
export interface Follower {
  /** The root of a folder. Throws `not_found` if it is not followed or cannot be read now. */
  root(folderId: string): Root;
  setFolders(folders: readonly { readonly id: string; readonly path: string }[]): void;
  /** Reads a note again that we changed ourselves; it is listed at once. */
  touch(note: NoteRef): void;
  /** Lets the index follow a note that we renamed. */
  moved(note: NoteRef, to: string): void;
  /** Compares everything now; resolves when that is done, and what changed is read unless that is much. */
  compare(): Promise<void>;
  /** Interrupts reading for as long as something more important runs; changes are still noticed and listed. */
  hold(held: boolean): void;
  /** The index was damaged: it is made anew. */
  startAnew(): void;
  /** What was taken out of the index is to leave its files soon. */
  scrubSoon(): void;
  close(): void;
}

/** Follows folders: compares them with the index, watches them, and reads what changed, in small slices. */
export function createFollower(deps: {
  readonly index: IndexHandle;
  readonly versions: Versions;
  readonly progress: Progress;
  /** Told when all work is done. */
  readonly onReady?: () => void;
  readonly now?: () => number;
  readonly times?: Partial<FollowTimes>;
}): Follower {
  const { index, versions, progress, now = Date.now } = deps;
  const times = { ...followTimes, ...deps.times };
  const place = { index, versions, progress, pace: createPace(), now };
  const followed = new Map<string, Followed>();
  const waiting: (() => void)[] = [];
  let running = false;
  let closed = false;
  let toForget = false;
  let toScrub = false;
  let held = false;
  let done = 0;
  let countedAt = 0;
  let comparedAt = performance.now();
  let leftSince: number | null = null;
  let later: NodeJS.Timeout | undefined;

  const all = () => [...followed.values()];
  const changed = () => {
    index.changed();
    const time = performance.now();
    if (time - countedAt < countEvery && running) return;
    countedAt = time;
    progress.count(index.db, index.version);
  };
  const tellWaiting = () => {
    for (const resolve of waiting.splice(0)) resolve();
  };
  const compareAll = () => {
    comparedAt = performance.now();
    for (const folder of all()) folder.full = true;
    void work();
  };

  const bursts = createBursts(times, () => {
    for (const folder of all()) {
      for (const dir of folder.changedDirs) folder.dirty.add(dir);
      folder.changedDirs.clear();
    }
    void work();
  });
  /** Something changed in a folder. */
  const onChange = (folder: Followed, dir: string) => {
    folder.changedDirs.add(dir);
    bursts.happened();
  };

  const own = createOwnChanges({ place, folder: (id) => followed.get(id), onChange, changed });

  /** One step of what is most urgent; false if nothing is left to do. */
  const step = async (): Promise<boolean> => {
    if (toForget) {
      toForget = forgetOthers(place, [...followed.keys()]);
      if (toForget) changed();
      return true;
    }
    const dirty = all().find((folder) => folder.full || folder.dirty.size > 0);
    if (dirty) {
      if (await compareFolder(place, dirty, (dir) => onChange(dirty, dir))) changed();
      return true;
    }
    const left = all().reduce((sum, { toRead }) => sum + toRead.size, 0);
    if (held || left > readWhileWaiting) tellWaiting();
    if (held) return false;
    const reading = all().find(({ toRead }) => toRead.size > 0);
    if (reading) {
      done += readSome(place, reading);
      changed();
      progress.work('indexing', done, done + reading.toRead.size);
      return true;
    }
    if (all().filter((folder) => folder.dropGone(index.db)).length > 0) {
      changed();
      return true;
    }
    tellWaiting();
    if (!toScrub) return false;
    toScrub = false;
    leftSince = null;
    await scrub(() => index.db, place.pace.breathe);
    return true;
  };

  const work = async () => {
    if (running || closed) return;
    running = true;
    clearTimeout(later);
    let again: number | null = null;
    try {
      do await place.pace.breathe();
      while (await step());
      progress.problem(null);
    } catch (error) {
      if (error instanceof Ended) return;
      // What was being worked on is compared again.
      for (const folder of all()) folder.full = true;
      again = times.retry;
      if (error instanceof InklingError && error.code === 'storage_damaged') {
        index.startAnew();
        again = 0;
      } else progress.problem(toFailure(error));
    } finally {
      running = false;
    }
    settle(again);
  };

  /** Tells that the work is done, and plans what comes next. */
  const settle = (again: number | null) => {
    done = 0;
    if (again === null) {
      progress.count(index.db, index.version);
      if (!held) progress.work('ready', 0, 0);
      deps.onReady?.();
    }
    clearTimeout(later);
    if (again !== null) {
      later = setTimeout(compareAll, again);
      return;
    }
    const time = performance.now();
    const left = leftover(index.db);
    leftSince = left === null ? null : (leftSince ?? time);
    const since = { compared: comparedAt, left: leftSince, now: time };
    const unwatched = all().some((folder) => folder.unwatched);
    const { what, wait } = nextUpkeep(times, since, { left, unwatched });
    later = setTimeout(what === 'compare' ? compareAll : scrubNow, wait);
  };
  const scrubNow = () => {
    toScrub = true;
    void work();
  };

  return {
    root(folderId) {
      const folder = followed.get(folderId);
      if (folder?.root) return folder.root;
      const opened = folder && openRoot(folder.given);
      if (opened?.root) return opened.root;
      throw new InklingError('not_found', opened?.problem ?? 'This folder of notes is not open any more.');
    },
    setFolders(folders) {
      for (const [id, folder] of followed) {
        if (folders.some((given) => given.id === id && given.path === folder.given.path)) continue;
        folder.close();
        followed.delete(id);
      }
      for (const given of folders) if (!followed.has(given.id)) followed.set(given.id, createFollowed(given));
      progress.keepFolders(new Set(followed.keys()));
      toForget = true;
      void work();
    },
    touch(note) {
      own.touch(note);
      void work();
    },
    moved: own.moved,
    compare() {
      const { promise, resolve } = Promise.withResolvers<void>();
      waiting.push(resolve);
      compareAll();
      return promise;
    },
    hold(hold) {
      held = hold;
      if (!held) void work();
    },
    startAnew() {
      index.startAnew();
      compareAll();
    },
    scrubSoon: scrubNow,
    close() {
      closed = true;
      place.pace.end();
      clearTimeout(later);
      bursts.close();
      for (const folder of all()) folder.close();
      tellWaiting();
    },
  };
}
