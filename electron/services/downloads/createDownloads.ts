import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createTopic } from '../../base/topic.ts';
import type { Service } from '../../contract/define.ts';
import type { Download } from '../../contract/downloads.ts';
import { InklingError, toFailure } from '../../contract/errors.ts';
import type { AppContract } from '../../contract/index.ts';
import type { Network } from '../network/createNetwork.ts';
import type { Storage } from '../storage/openStorage.ts';
import { toStorageError } from '../storage/storageErrors.ts';
import { deleteJob, type Job, readJobs, saveJob } from './jobRows.ts';
import { partsOf, placeOf } from './names.ts';
import { newJob } from './newJob.ts';
import type { PatienceLimits } from './patience.ts';
import { removeUnfinished, sweepUnfinished } from './removeUnfinished.ts';
import { type Live, runJob } from './runJob.ts';
import { showJob } from './showJob.ts';
import { createSpeed, type Speed } from './speed.ts';

/** Downloads that run at the same time, and ms between two looks at their progress. */
const limits = { running: 2, tellEvery: 100 } as const;
const usualPatience: PatienceLimits = { tries: 8, first: 500, longest: 30_000 };
/** What stops a download that can simply go on later. */
const passing = ['storage_full', 'storage_failed', 'offline', 'timeout', 'rate_limited'];

/** The models on their way from the hub. */
export interface Downloads {
  readonly api: Service<AppContract>['downloads'];
  /** Takes a ready download off the list, by the path of its model: its files were deleted. */
  forget(path: string): void;
  /** Stops all of them, so that the next start goes on where they were. */
  close(): Promise<void>;
}

interface Entry {
  readonly job: Job;
  live: Live;
  speed: Speed;
  running: { readonly stop: AbortController; readonly ended: Promise<void> } | null;
}

/** Opens the list of downloads; those that were under way when the app ended go on by themselves. */
export function createDownloads(options: {
  storage: Storage;
  network: Network;
  modelsDir: string;
  log: (message: string) => void;
  /** Hears that a model is in its place. */
  onReady?: () => void;
  patience?: PatienceLimits;
}): Downloads {
  const { storage, network, modelsDir, log } = options;
  const topic = createTopic<{ downloads: Download[] }>({ downloads: [] });
  let entries: Entry[] = [];
  let telling: NodeJS.Timeout | undefined;
  let closed = false;

  const show = (entry: Entry) => showJob(entry.job, entry.live, entry.speed.value(), modelsDir);
  const tell = () => {
    clearTimeout(telling);
    telling = undefined;
    topic.set({ downloads: entries.map(show) });
  };
  const changed = () => {
    if (!closed) telling ??= setTimeout(tell, limits.tellEvery).unref();
  };
  /** What cannot be kept now is kept by the next call; the health of the storage is shown elsewhere. */
  const save = (job: Job) => {
    try {
      saveJob(storage.connection(), job);
    } catch (error) {
      if (!(error instanceof InklingError)) throw error;
    }
  };
  const isKnown = (id: string) => entries.some(({ job }) => job.parts.some(({ partId }) => partId === id));
  const newEntry = (job: Job): Entry => ({ job, live: freshLive(), speed: createSpeed(), running: null });

  const load = () => {
    entries = [];
    try {
      const { jobs, unreadable } = readJobs(storage.connection());
      if (unreadable > 0) log(`${unreadable} downloads cannot be read and were left out.`);
      entries = jobs.map(newEntry);
      void sweepUnfinished(modelsDir, isKnown);
    } catch (error) {
      // Chats that cannot be opened are told by the storage; downloads come back with them.
      if (!(error instanceof InklingError)) throw error;
    }
    for (const { job } of entries) if (isUnderWay(job)) job.state = 'queued';
    tell();
    pump();
  };
  const pump = () => {
    if (closed) return;
    let free = limits.running - entries.filter(({ running }) => running).length;
    for (const entry of entries) {
      if (free <= 0) return;
      if (entry.job.state !== 'queued' || entry.running) continue;
      begin(entry);
      free--;
    }
  };
  const begin = (entry: Entry) => {
    const { job } = entry;
    const stop = new AbortController();
    entry.live = freshLive();
    entry.speed = createSpeed();
    const ended = runJob({
      job,
      live: entry.live,
      network,
      modelsDir,
      patience: options.patience ?? usualPatience,
      signal: stop.signal,
      save: () => save(job),
      changed() {
        if (job.state === 'downloading') entry.speed.note(show(entry).received);
        changed();
      },
    })
      .then(options.onReady, (error: unknown) => {
        if (!stop.signal.aborted) fail(entry, error);
      })
      .finally(() => {
        entry.running = null;
        entry.live.retryAt = null;
        if (!closed) tell();
        pump();
      });
    entry.running = { stop, ended };
  };
  const fail = ({ job }: Entry, error: unknown) => {
    const failure = toFailure(toStorageError(error));
    job.problem = failure;
    job.state = passing.includes(failure.code) ? 'paused' : 'failed';
    save(job);
  };
  const halt = async (entry: Entry) => {
    entry.running?.stop.abort();
    await entry.running?.ended;
  };
  const find = (id: string): Entry => {
    const entry = entries.find(({ job }) => job.id === id);
    if (!entry) throw new InklingError('not_found', 'This download is not there any more.');
    return entry;
  };
  const queue = (entry: Entry): Download => {
    if (!isUnderWay(entry.job)) {
      entry.job.state = 'queued';
      entry.job.problem = null;
      save(entry.job);
    }
    pump();
    tell();
    return show(entry);
  };
  const drop = async (entry: Entry) => {
    await halt(entry);
    entries = entries.filter((other) => other !== entry);
    deleteJob(storage.connection(), entry.job.id);
    if (entry.job.state !== 'ready') await removeUnfinished(modelsDir, entry.job);
    tell();
    return null;
  };

  load();
  storage.onReopen(() => {
    const before = entries;
    void Promise.all(before.map(halt)).then(load);
  });

  return {
    api: {
      watch: (_input, { signal }) => topic.watch(signal),
      start({ repo, file, revision = 'main' }) {
        const files = partsOf(file);
        for (const name of files) placeOf(repo, name);
        const first = files[0] ?? file;
        const known = entries.find(({ job }) => job.repo === repo && job.file === first);
        if (known && !isGone(known.job, modelsDir))
          return known.job.state === 'ready' ? show(known) : queue(known);
        const job = newJob(repo, files, revision);
        saveJob(storage.connection(), job);
        const entry = newEntry(job);
        entries = [...entries.filter((other) => other !== known), entry];
        return queue(entry);
      },
      async pause({ id }) {
        const entry = find(id);
        if (entry.job.state === 'ready')
          throw new InklingError('conflict', 'This model is ready; there is nothing to pause.');
        await halt(entry);
        // It may have come to its end meanwhile.
        if (isUnderWay(entry.job)) entry.job.state = 'paused';
        save(entry.job);
        tell();
        return show(entry);
      },
      resume: ({ id }) => {
        const entry = find(id);
        return entry.job.state === 'ready' ? show(entry) : queue(entry);
      },
      cancel: ({ id }) => drop(find(id)),
      remove({ id }) {
        const entry = find(id);
        if (entry.job.state !== 'ready' && entry.job.state !== 'failed')
          throw new InklingError(
            'conflict',
            'This download is not at its end. Cancel it to take it off the list.',
          );
        return drop(entry);
      },
    },
    forget(path) {
      const gone = entries.find((entry) => entry.job.state === 'ready' && show(entry).path === path);
      // Where it cannot be forgotten now, the next download of the same file takes its place.
      if (gone) void drop(gone).catch((error: unknown) => log(String(error)));
    },
    async close() {
      closed = true;
      clearTimeout(telling);
      await Promise.all(entries.map(halt));
    },
  };
}

const freshLive = (): Live => ({ received: [], checked: [], retryAt: null });

const isUnderWay = ({ state }: Job) =>
  state === 'queued' || state === 'resolving' || state === 'downloading' || state === 'verifying';

/** A model that was fetched once, and whose file was deleted since. */
function isGone({ state, repo, file }: Job, modelsDir: string): boolean {
  return state === 'ready' && !existsSync(join(modelsDir, ...placeOf(repo, file)));
}
