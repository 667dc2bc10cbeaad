import { createTopic, type Topic } from '../../base/topic.ts';
import type { Api } from '../../contract/define.ts';
import { InklingError, toFailure } from '../../contract/errors.ts';
import type { IndexState } from '../../contract/notes.ts';
import { type NotesProcessContract, notesProcessContract, type ProcessState } from '../../notes/contract.ts';
import { connect } from '../../rpc/connect.ts';
import type { Child, SpawnChild } from '../children.ts';

export type NotesApi = Api<NotesProcessContract>['notes'];
export interface FollowedFolder {
  readonly id: string;
  readonly path: string;
}

/** The process that reads and writes notes and keeps their index, started again whenever it ends. */
export interface NotesProcess {
  /** What it last told; `starting` until it has told anything, `failed` after too many deaths in a row. */
  readonly state: Topic<ProcessState>;
  /** The api of the running process. Throws `internal` with the reason if it will not run. */
  api(): NotesApi;
  /** Follows these folders from now on, and starts the process if there are any. */
  follow(folders: readonly FollowedFolder[]): void;
  /** Resolves once no process runs; only after `follow` without folders. */
  ended(): Promise<void>;
  close(): void;
}

/** Waits before each new start after deaths in a row, ms. One that ran for `steady` ms starts the count anew. */
const restartDelays = [0, 500, 2_000, 5_000] as const;
const steady = 60_000;

export const nothingIndexed: IndexState = {
  phase: 'ready',
  notes: 0,
  passages: 0,
  skipped: 0,
  done: 0,
  total: 0,
  secondsLeft: null,
  embedded: null,
  version: 0,
  problem: null,
};

const nothing: ProcessState = { index: nothingIndexed, answering: null, problems: {} };

interface Run {
  readonly child: Child;
  readonly api: NotesApi;
  readonly startedAt: number;
}

/** Supervises the process; without folders none runs. */
export function superviseNotes(options: {
  readonly spawn: SpawnChild;
  readonly entry: string;
  readonly dataDir: string;
  readonly log: (message: string) => void;
  /** Told each time a process is there to be asked, also after a crash. */
  readonly onStart: (api: NotesApi) => void;
}): NotesProcess {
  const state = createTopic<ProcessState>(nothing);
  let folders: readonly FollowedFolder[] = [];
  let run: Run | undefined;
  let following: AbortController | undefined;
  let timer: NodeJS.Timeout | undefined;
  let deaths = 0;
  let reason = 'it did not start';
  let closed = false;
  let over: Promise<void> = Promise.resolve();

  const setIndex = (patch: Partial<IndexState>) =>
    state.update((now) => ({ ...now, index: { ...now.index, ...patch } }));

  const start = () => {
    timer = undefined;
    const child = options.spawn(options.entry);
    const mine: Run = {
      child,
      api: connect(notesProcessContract, child.port).notes,
      startedAt: performance.now(),
    };
    run = mine;
    over = new Promise((resolve) => child.onExit(() => resolve()));
    child.onExit(({ code, signal, stderr }) => {
      if (run !== mine) return;
      run = undefined;
      if (closed || folders.length === 0) return;
      reason = stderr.trim().split('\n').at(-1) || `it ended with ${signal ?? `code ${code}`}`;
      options.log(`The process that reads notes ended: ${reason}`);
      deaths = performance.now() - mine.startedAt > steady ? 1 : deaths + 1;
      const delay = restartDelays[deaths];
      if (delay === undefined) return setIndex({ phase: 'failed', problem: toFailure(gone(reason)) });
      setIndex({ phase: 'starting' });
      timer = setTimeout(start, delay);
    });
    void followWith(mine);
    options.onStart(mine.api);
  };

  const followWith = async ({ api }: Run) => {
    following?.abort();
    const mine = new AbortController();
    following = mine;
    try {
      const input = { dataDir: options.dataDir, folders: [...folders] };
      for await (const now of api.open(input, { signal: mine.signal })) state.set(now);
    } catch (error) {
      if (mine.signal.aborted || closed) return;
      if (error instanceof InklingError && error.code === 'connection_lost') return;
      setIndex({ phase: 'failed', problem: toFailure(error) });
    }
  };

  return {
    state,
    api() {
      if (run) return run.api;
      if (closed || folders.length === 0)
        throw new InklingError('not_found', 'There is no folder of notes yet.');
      if (!timer) {
        deaths = 0;
        start();
      } else throw gone(reason);
      return (run as unknown as Run).api;
    },
    follow(next) {
      folders = next;
      if (folders.length === 0) {
        following?.abort();
        clearTimeout(timer);
        timer = undefined;
        run?.child.kill();
        run = undefined;
        state.set(nothing);
        return;
      }
      setIndex({ phase: 'starting', problem: null });
      if (run) void followWith(run);
      else if (!timer) start();
    },
    ended: () => over,
    close() {
      closed = true;
      clearTimeout(timer);
      following?.abort();
      run?.child.kill();
    },
  };
}

const gone = (reason: string) =>
  new InklingError(
    'internal',
    `The part of Inkling that reads notes does not run: ${reason}. Your notes are safe; it is started again with the next try.`,
  );
