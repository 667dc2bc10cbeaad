import { createTopic } from '../../base/topic.ts';
import type { Failure } from '../../contract/errors.ts';
import type { IndexState } from '../../contract/notes.ts';
import type { ProcessState } from '../contract.ts';
import type { Db } from '../index/db.ts';

/** Milliseconds between two states that are told. */
const tellEvery = 100;

/** What the process tells of itself. */
export interface Progress {
  readonly state: ProcessState;
  set(patch: Partial<IndexState>): void;
  /** The work of the present phase: how much is done, of how much. */
  work(phase: IndexState['phase'], done: number, total: number): void;
  problem(problem: Failure | null): void;
  folderProblem(folderId: string, problem: string | null): void;
  /** Whose vectors are searched. */
  answering(embedder: string | null): void;
  keepFolders(ids: ReadonlySet<string>): void;
  /** Counts anew what the index holds. */
  count(db: Db, version: number): void;
  /** The state now and after changes, at most ten times a second. */
  watch(signal: AbortSignal): AsyncIterable<ProcessState>;
}

const starting: IndexState = {
  phase: 'starting',
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

/** Makes the {@link Progress} of a process that just started. */
export function createProgress(): Progress {
  const topic = createTopic<ProcessState>({ index: starting, answering: null, problems: {} });
  let since = { phase: '', at: 0, done: 0 };

  const set = (patch: Partial<IndexState>) => {
    const { index } = topic.value;
    const same = Object.entries(patch).every(([key, value]) => index[key as keyof IndexState] === value);
    if (!same) topic.update((state) => ({ ...state, index: { ...state.index, ...patch } }));
  };

  async function* watch(signal: AbortSignal): AsyncGenerator<ProcessState> {
    for await (const state of topic.watch(signal)) {
      yield state;
      await new Promise((resolve) => setTimeout(resolve, tellEvery));
    }
  }

  return {
    get state() {
      return topic.value;
    },
    set,
    work(phase, done, total) {
      const now = performance.now();
      if (since.phase !== phase || done < since.done) since = { phase, at: now, done };
      const seconds = (now - since.at) / 1000;
      const rate = (done - since.done) / seconds;
      const secondsLeft = seconds > 1 && rate > 0 ? Math.ceil((total - done) / rate) : null;
      set({ phase, done, total, secondsLeft });
    },
    problem: (problem) => set({ problem }),
    folderProblem(folderId, problem) {
      if ((topic.value.problems[folderId] ?? null) === problem) return;
      const { [folderId]: _, ...problems } = topic.value.problems;
      topic.update((state) => ({
        ...state,
        problems: problem === null ? problems : { ...problems, [folderId]: problem },
      }));
    },
    answering(answering) {
      if (topic.value.answering !== answering) topic.update((state) => ({ ...state, answering }));
    },
    keepFolders(ids) {
      for (const id of Object.keys(topic.value.problems)) if (!ids.has(id)) this.folderProblem(id, null);
    },
    count(db, version) {
      const files = db.get<{ notes: number; skipped: number }>(
        'SELECT COUNT(*) AS notes, COUNT(skipped) AS skipped FROM files',
      );
      const passages = db.get<{ n: number }>('SELECT COUNT(*) AS n FROM passages')?.n ?? 0;
      set({
        notes: (files?.notes ?? 0) - (files?.skipped ?? 0),
        skipped: files?.skipped ?? 0,
        passages,
        version,
      });
    },
    watch,
  };
}
