import { setTimeout as sleep } from 'node:timers/promises';
import type { Api } from '../../contract/define.ts';
import { type Failure, InklingError, toFailure } from '../../contract/errors.ts';
import { type EngineContract, engineContract } from '../../engine/contract.ts';
import { connect } from '../../rpc/connect.ts';
import type { Child, SpawnChild } from '../children.ts';
import { prefixesFor } from './embeddingPrefixes.ts';
import type { NotesApi } from './notesProcess.ts';

/** An embedding model as the library knows it. */
export interface EmbeddingModel {
  /** Changes with the file, so that vectors of another one never count. */
  readonly key: string;
  readonly path: string;
  readonly names: readonly (string | null)[];
}

/** Ms of computing between two looks at whether somebody chats: short, so that a chat waits a moment at most. */
const turnLength = 120;
/** Passages of one such turn at most, and of the first one. */
const mostAtOnce = 64;
const firstTurn = 2;
const mostFailures = 5;
/** Times in ms: between looks while it has to wait, after a failure, and without work until its process is ended. */
const pauses = { wait: 250, failed: 10_000, idle: 60_000, load: 120_000 } as const;

/** Computes the vectors of notes in the background, in an engine process of its own. */
export interface Embedding {
  /** Works for this process of notes until another call; null: nothing to do. */
  work(notes: NotesApi | null, model: EmbeddingModel | null): void;
  /** There may be new passages. */
  wake(): void;
  /** The vector of a question (base64 of float32); null while no model is chosen or it cannot be had soon. */
  query(text: string, signal: AbortSignal): Promise<string | null>;
  readonly problem: Failure | null;
  close(): void;
}

type EngineApi = Api<EngineContract>['engine'];

/** Makes an {@link Embedding}. It waits while `mayWork` is false: somebody chats, or the battery is in use. */
export function createEmbedding(deps: {
  readonly spawn: SpawnChild;
  readonly entry: string;
  readonly mayWork: () => Promise<boolean>;
  readonly onProblem: () => void;
}): Embedding {
  let present: { readonly notes: NotesApi; readonly model: EmbeddingModel } | null = null;
  let turn = new AbortController();
  let engine: { readonly child: Child; readonly api: Promise<EngineApi>; readonly key: string } | null = null;
  let problem: Failure | null = null;
  let wake = () => {};
  let batch = firstTurn;
  let idle: NodeJS.Timeout | undefined;

  const stopEngine = () => {
    clearTimeout(idle);
    engine?.child.kill();
    engine = null;
  };
  const setProblem = (next: Failure | null) => {
    if (next?.message === problem?.message) return;
    problem = next;
    deps.onProblem();
  };
  /** The engine with this model loaded. */
  const engineFor = (model: EmbeddingModel): Promise<EngineApi> => {
    clearTimeout(idle);
    idle = setTimeout(stopEngine, pauses.idle);
    idle.unref();
    if (engine?.key === model.key) return engine.api;
    stopEngine();
    const child = deps.spawn(deps.entry);
    const { engine: api } = connect(engineContract, child.port);
    const open = async () => {
      const signal = AbortSignal.timeout(pauses.load);
      await api.hardware({ gpu: true }, { signal });
      await api.openEmbedder({ path: model.path }, { signal });
      return api;
    };
    const mine = { child, api: open(), key: model.key };
    engine = mine;
    child.onExit(() => {
      if (engine === mine) engine = null;
    });
    mine.api.catch(() => {
      if (engine === mine) stopEngine();
    });
    return mine.api;
  };
  const embed = async (model: EmbeddingModel, texts: string[], signal: AbortSignal) => {
    const api = await engineFor(model);
    return (await api.embed({ texts }, { signal })).vectors;
  };

  /** One batch; false if there was nothing to do. */
  const step = async (
    { notes, model }: NonNullable<typeof present>,
    signal: AbortSignal,
  ): Promise<boolean> => {
    const { passages } = await notes.pending({ limit: batch }, { signal });
    if (passages.length === 0) return false;
    const { passage: prefix } = prefixesFor(...model.names);
    await engineFor(model);
    const started = performance.now();
    const vectors = await embed(
      model,
      passages.map(({ text }) => prefix + text),
      signal,
    );
    const each = (performance.now() - started) / passages.length;
    batch = Math.max(1, Math.min(mostAtOnce, Math.round(turnLength / each)));
    const added = passages.map(({ hash }, at) => ({ hash, vector: vectors[at] ?? '' }));
    await notes.addVectors({ vectors: added }, { signal });
    return true;
  };
  const run = async (job: NonNullable<typeof present>, signal: AbortSignal) => {
    await job.notes.setEmbedder({ name: job.model.key }, { signal });
    // A model that fails again and again is left alone until it is chosen again.
    for (let failures = 0; failures < mostFailures && !signal.aborted; ) {
      try {
        if (!(await deps.mayWork())) await sleep(pauses.wait, undefined, { signal });
        else if (await step(job, signal)) {
          failures = 0;
          setProblem(null);
        } else
          await new Promise<void>((resolve) => {
            wake = resolve;
            signal.addEventListener('abort', () => resolve(), { once: true });
          });
      } catch (error) {
        if (signal.aborted) return;
        // Without its process there is nobody to work for; the next one brings a call of `work`.
        if (error instanceof InklingError && error.code === 'connection_lost' && engine !== null) return;
        failures++;
        setProblem(toFailure(error));
        await sleep(pauses.failed, undefined, { signal });
      }
    }
  };

  return {
    work(notes, model) {
      turn.abort();
      turn = new AbortController();
      const { signal } = turn;
      if (!model || engine?.key !== model.key) stopEngine();
      setProblem(null);
      batch = firstTurn;
      present = notes && model ? { notes, model } : null;
      if (present) run(present, signal).catch(() => {});
      else notes?.setEmbedder({ name: null }, { signal }).catch(() => {});
    },
    wake: () => wake(),
    async query(text, signal) {
      if (!present) return null;
      const { model } = present;
      const [vector] = await embed(model, [prefixesFor(...model.names).query + text], signal);
      return vector ?? null;
    },
    get problem() {
      return problem;
    },
    close() {
      turn.abort();
      stopEngine();
    },
  };
}
