import { join } from 'node:path';
import { InklingError } from '../../contract/errors.ts';
import type { Network } from '../network/createNetwork.ts';
import { adoptFinal } from './adoptFinal.ts';
import { VersionChanged } from './fetchFile.ts';
import { createFileSource, type FileSource } from './fileSource.ts';
import type { FilePart, Job } from './jobRows.ts';
import { makeFolders, placeOf } from './names.ts';
import { freeSpace, partPath, placePart, removePart } from './partFile.ts';
import { createPatience, type Patience, type PatienceLimits } from './patience.ts';
import { lengthOf } from './ranges.ts';
import { discardPart, type FetchedPart, runPart } from './runPart.ts';

/** Bytes that stay free on the disk. */
const reserve = 32 * 1024 * 1024;
/** How often a file may change on the hub while it is fetched. */
const mostChanges = 2;

/** What a running job shows besides what it keeps; bytes by part. */
export interface Live {
  readonly received: number[];
  readonly checked: number[];
  retryAt: number | null;
}

/** Everything a job needs to run. */
export interface JobRun {
  readonly job: Job;
  readonly live: Live;
  readonly network: Network;
  readonly modelsDir: string;
  readonly patience: PatienceLimits;
  readonly signal: AbortSignal;
  /** Keeps the job as it is now. */
  readonly save: () => void;
  /** Hears that something to see has changed. */
  readonly changed: () => void;
}

/** Brings a job to `ready`. Throws why it cannot; what was fetched is kept for the next run. */
export async function runJob(run: JobRun): Promise<void> {
  const patience = createPatience({
    limits: run.patience,
    onWait(until) {
      run.live.retryAt = until;
      run.changed();
    },
  });
  for (let changes = 0; ; changes++) {
    try {
      return await attempt(run, patience);
    } catch (error) {
      if (!(error instanceof VersionChanged)) throw error;
      if (changes >= mostChanges)
        throw new InklingError(
          'hub_error',
          'The hub sends another version of this file every time, so it cannot be fetched. Try again later.',
        );
      run.job.commit = null;
      for (const part of run.job.parts) if (!part.placed) await startOver(run, part);
    }
  }
}

async function attempt(run: JobRun, patience: Patience): Promise<void> {
  const { job, signal } = run;
  enter(run, 'resolving');
  const sources = new Map<FilePart, FileSource>();
  for (const part of job.parts) {
    const source = createFileSource({ ...run, part, patience });
    sources.set(part, source);
    if (await source.pin(signal)) await startOver(run, part);
  }
  const folder = await makeFolders(run.modelsDir, placeOf(job.repo, job.file));
  const wanted: FilePart[] = [];
  for (const part of job.parts) if (!(await adopt(run, folder, part))) wanted.push(part);
  await checkSpace(folder, wanted);
  enter(run, 'downloading');
  const fetched = new Map<FilePart, FetchedPart>();
  try {
    for (const part of wanted) {
      const source = sources.get(part);
      if (source) fetched.set(part, await fetchPart(run, patience, folder, part, source, wanted.at(-1)));
    }
    // The first part comes last: the model can be loaded once that is there.
    for (const [part, file] of [...fetched].reverse()) {
      await placePart(file.path, finalPath(folder, part), file.handle);
      markPlaced(run, part);
      await removePart(file.path);
    }
  } finally {
    for (const { handle } of fetched.values()) await handle.close();
  }
  job.check = job.parts.some(({ sha256 }) => sha256 === null) ? 'unverified' : 'verified';
  enter(run, 'ready');
}

function fetchPart(
  run: JobRun,
  patience: Patience,
  folder: string,
  part: FilePart,
  source: FileSource,
  last: FilePart | undefined,
): Promise<FetchedPart> {
  const n = run.job.parts.indexOf(part);
  return runPart({
    ...run,
    part,
    size: part.size ?? 0,
    folder,
    patience,
    address: (stale) => source.address(stale, run.signal),
    onProgress(received, checked) {
      run.live.received[n] = received;
      run.live.checked[n] = checked;
      run.changed();
    },
    onFetched() {
      if (part === last) enter(run, 'verifying');
    },
  });
}

async function adopt(run: JobRun, folder: string, part: FilePart): Promise<boolean> {
  const n = run.job.parts.indexOf(part);
  const found = await adoptFinal({
    part,
    final: finalPath(folder, part),
    unfinished: partPath(folder, part.partId),
    signal: run.signal,
    onChecked(bytes) {
      if (run.job.state !== 'verifying') enter(run, 'verifying');
      run.live.checked[n] = bytes;
      run.changed();
    },
  });
  if (found) markPlaced(run, part);
  else part.placed = false;
  if (found) await removePart(partPath(folder, part.partId));
  return found;
}

function markPlaced(run: JobRun, part: FilePart): void {
  part.placed = true;
  run.save();
  run.changed();
}

/** Forgets what was fetched of another version, and says so. */
async function startOver(run: JobRun, part: FilePart): Promise<void> {
  const n = run.job.parts.indexOf(part);
  const lost = run.live.received[n] ?? lengthOf(part.done);
  const folder = await makeFolders(run.modelsDir, placeOf(run.job.repo, run.job.file));
  await discardPart({ part, folder });
  run.live.received[n] = 0;
  run.live.checked[n] = 0;
  if (lost > 0)
    run.job.note =
      'The hub has another version of this file than the one begun, so it was started over. Two versions are never mixed.';
  run.save();
  run.changed();
}

async function checkSpace(folder: string, wanted: readonly FilePart[]): Promise<void> {
  const needed = wanted.reduce((sum, part) => sum + (part.size ?? 0) - lengthOf(part.done), 0);
  const free = await freeSpace(folder);
  if (needed === 0 || needed + reserve <= free) return;
  throw new InklingError(
    'storage_full',
    `This needs ${inWords(needed + reserve)} on the disk of the models folder, and ${inWords(free)} are free. What was fetched is kept; make room, then go on.`,
    { needed: needed + reserve, free },
  );
}

function enter(run: JobRun, state: Job['state']): void {
  run.job.state = state;
  run.save();
  run.changed();
}

/** All parts of a model lie in one folder. */
const finalPath = (folder: string, part: FilePart) => join(folder, part.file.split('/').at(-1) ?? '');

const inWords = (bytes: number) =>
  bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${Math.ceil(bytes / 1e6)} MB`;
