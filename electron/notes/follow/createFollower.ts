import { InklingError, toFailure } from '../../contract/errors.ts';
import type { NoteRef } from '../../contract/notes.ts';
import { openRoot } from '../files/openRoot.ts';
import type { Root } from '../files/safePath.ts';
import type { Versions } from '../files/versions.ts';
import { addFile, fileAt } from '../index/fileRows.ts';
import type { IndexHandle } from '../index/indexHandle.ts';
import { dirOf } from '../index/names.ts';
import { moveFile, removeFile } from '../index/noteRows.ts';
import { leaveToScrub, leftover, scrub } from '../index/scrub.ts';
import { applyDifferences } from './applyDifferences.ts';
import { compareDirs } from './compare.ts';
import { createFollowed, type Followed } from './followed.ts';
import { createPace, Ended } from './pace.ts';
import type { Progress } from './progress.ts';
import { readChanged } from './readChanged.ts';
import { lookAtNote, type SeenNote } from './readDir.ts';

/** Times in ms; tests shorten them. */
export interface FollowTimes {
  /** Changes come in bursts: they are looked at when it is quiet for `quiet`, at the latest after `latest`. */
  readonly quiet: number;
  readonly latest: number;
  /** Between full comparisons; more often where not every change is noticed. */
  readonly compareEvery: number;
  readonly compareUnwatched: number;
  /** How long after the last change erased words are scrubbed from the files, by what left them. */
  readonly scrubRemoved: number;
  readonly scrubChanged: number;
  /** Until work is tried again after a fault (a full disk). */
  readonly retry: number;
}

export const followTimes: FollowTimes = {
  quiet: 150,
  latest: 1000,
  compareEvery: 10 * 60_000,
  compareUnwatched: 30_000,
  scrubRemoved: 5_000,
  scrubChanged: 10 * 60_000,
  retry: 10_000,
};

/** Notes longer than this, in bytes, are not read while a call waits. */
const longNote = 300_000;
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
  /** Compares everything now; resolves when that is done. What changed is read after that. */
  compare(): Promise<void>;
  /** Interrupts the work for as long as something more important runs. */
  hold(held: boolean): void;
  /** The index was damaged: it is made anew. */
  startAnew(): void;
  close(): void;
}

/** Follows folders: compares them with the index, watches them, and reads what changed, in small slices. */
export function createFollower(deps: {
  readonly index: IndexHandle;
  readonly versions: Versions;
  readonly progress: Progress;
  readonly now?: () => number;
  readonly times?: Partial<FollowTimes>;
}): Follower {
  const { index, versions, progress, now = Date.now } = deps;
  const times = { ...followTimes, ...deps.times };
  const pace = createPace();
  const followed = new Map<string, Followed>();
  const waiting: (() => void)[] = [];
  let running = false;
  let closed = false;
  let toForget = false;
  let toScrub = false;
  let held = false;
  let done = 0;
  let countedAt = 0;
  let burst: { timer: NodeJS.Timeout; since: number } | undefined;
  let later: NodeJS.Timeout | undefined;

  const all = () => [...followed.values()];
  const changed = () => {
    index.changed();
    const time = performance.now();
    if (time - countedAt < countEvery && running) return;
    countedAt = time;
    progress.count(index.db, index.version);
  };

  /** Something changed in a folder; bursts are gathered. */
  const onChange = (folder: Followed, dir: string) => {
    folder.changedDirs.add(dir);
    const time = performance.now();
    const since = burst?.since ?? time;
    clearTimeout(burst?.timer);
    const wait = Math.max(0, Math.min(times.quiet, since + times.latest - time));
    burst = { since, timer: setTimeout(endBurst, wait) };
  };
  const endBurst = () => {
    burst = undefined;
    for (const folder of all()) {
      for (const dir of folder.changedDirs) folder.dirty.add(dir);
      folder.changedDirs.clear();
    }
    void work();
  };

  const compareFolder = async (folder: Followed) => {
    const { full } = folder;
    const dirs = full ? [''] : [...folder.dirty];
    folder.full = false;
    folder.dirty.clear();
    if (!folder.root) {
      const { root, problem } = openRoot(folder.given);
      progress.folderProblem(folder.given.id, problem);
      if (!root) return;
      folder.open(root, (dir) => onChange(folder, dir));
    }
    const root = folder.root as Root;
    if (full) progress.work('comparing', 0, 0);
    const differences = await compareDirs({
      db: () => index.db,
      root,
      dirs,
      known: (dir) => !full && (folder.watch?.has(dir) ?? false),
      onDir: (dir) => folder.watch?.add(dir),
      pace,
      now,
    });
    if (!followed.has(root.id)) return;
    if (full || differences.problem !== null) progress.folderProblem(root.id, differences.problem);
    await applyDifferences({ index, versions, folder, differences, pace });
    if (differences.added.length + differences.changed.length + differences.gone.length > 0) changed();
  };

  const readOne = (folder: Followed, seen: SeenNote) => {
    const { db } = index;
    const folderId = folder.given.id;
    const row = fileAt(db, { folderId, path: seen.path });
    if (!row || !folder.root) return;
    if (row.hash !== null) leaveToScrub(db, 'changed');
    const outcome = readChanged({
      db,
      root: folder.root,
      row,
      seen,
      now: now(),
      takeGone: (hash) => folder.takeGone(hash),
      onMoved: (from) => versions.move({ folderId, path: from }, row.path),
    });
    if (outcome === 'gone') folder.dirty.add(dirOf(row.path));
  };
  const readSome = (folder: Followed) => {
    index.db.transaction(() => {
      for (let seen = folder.nextToRead(); seen; seen = pace.due ? undefined : folder.nextToRead()) {
        readOne(folder, seen);
        done++;
      }
    });
    changed();
    progress.work('indexing', done, done + all().reduce((sum, { toRead }) => sum + toRead.size, 0));
  };

  const forgetOthers = async () => {
    toForget = false;
    const ids = JSON.stringify([...followed.keys()]);
    for (;;) {
      const rows = index.db.all<{ id: number }>(
        'SELECT id FROM files WHERE folder NOT IN (SELECT value FROM json_each(?)) LIMIT 100',
        ids,
      );
      if (rows.length === 0) return;
      index.db.transaction(() => {
        for (const { id } of rows) removeFile(index.db, id);
        leaveToScrub(index.db, 'removed');
      });
      changed();
      await pace.breathe();
    }
  };

  /** The one loop that all work runs in, the most urgent first. */
  const workThrough = async () => {
    for (;;) {
      await pace.breathe();
      const dirty = all().find((folder) => folder.full || folder.dirty.size > 0);
      const reading = all().find(({ toRead }) => toRead.size > 0);
      if (toForget) await forgetOthers();
      else if (dirty) await compareFolder(dirty);
      else {
        for (const resolve of waiting.splice(0)) resolve();
        if (held) return;
        if (reading) readSome(reading);
        else if (all().some((folder) => folder.dropGone(index.db))) changed();
        else if (toScrub) {
          toScrub = false;
          await scrub(
            () => index.db,
            () => pace.breathe(),
          );
        } else return;
      }
    }
  };

  const work = async () => {
    if (running || closed) return;
    running = true;
    clearTimeout(later);
    let again: number | null = null;
    try {
      await workThrough();
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
    if (again === null) progress.count(index.db, index.version);
    if (again === null && !held) progress.work('ready', 0, 0);
    const left = again === null ? leftover(index.db) : null;
    const scrubIn = left === null ? Infinity : left === 'removed' ? times.scrubRemoved : times.scrubChanged;
    const compareIn = all().some(({ unwatched }) => unwatched) ? times.compareUnwatched : times.compareEvery;
    later = setTimeout(() => {
      if (again === null && scrubIn <= compareIn) toScrub = true;
      else for (const folder of all()) folder.full = true;
      void work();
    }, again ?? Math.min(scrubIn, compareIn));
  };

  return {
    root(folderId) {
      const root = followed.get(folderId)?.root;
      if (root) return root;
      const folder = followed.get(folderId);
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
    touch({ folderId, path }) {
      const folder = followed.get(folderId);
      if (!folder?.root) return;
      const { db } = index;
      const seen = lookAtNote(folder.root, path, now());
      if (!seen) return onChange(folder, dirOf(path));
      const row = fileAt(db, { folderId, path }) ?? addFile(db, { folderId, path }, seen.stamp);
      folder.toRead.delete(path);
      if (seen.stamp.size > longNote) folder.addToRead([seen]);
      else db.transaction(() => readOne(folder, seen));
      changed();
      if (row.hash === null && !folder.watch?.has(dirOf(path))) onChange(folder, dirOf(path));
      void work();
    },
    moved({ folderId, path }, to) {
      const folder = followed.get(folderId);
      const row = fileAt(index.db, { folderId, path });
      const seen = folder?.root && lookAtNote(folder.root, to, now());
      if (folder) onChange(folder, dirOf(to));
      if (!row || !seen || fileAt(index.db, { folderId, path: to })) return;
      moveFile(index.db, row, to, seen.stamp);
      changed();
    },
    compare() {
      const { promise, resolve } = Promise.withResolvers<void>();
      waiting.push(resolve);
      for (const folder of all()) folder.full = true;
      void work();
      return promise;
    },
    hold(hold) {
      held = hold;
      if (!held) void work();
    },
    startAnew() {
      index.startAnew();
      for (const folder of all()) folder.full = true;
      void work();
    },
    close() {
      closed = true;
      pace.end();
      clearTimeout(later);
      clearTimeout(burst?.timer);
      for (const folder of all()) folder.close();
      for (const resolve of waiting.splice(0)) resolve();
    },
  };
}
