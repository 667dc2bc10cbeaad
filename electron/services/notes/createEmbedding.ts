import { setTimeout as sleep } from 'node:timers/promises';
import { type Failure, InklingError, toFailure } from '../../contract/errors.ts';
import type { EmbedderPool, EmbeddingModel } from './embedderPool.ts';
import { prefixesFor } from './embeddingPrefixes.ts';
import type { NotesApi } from './notesProcess.ts';

/** Ms of computing between two looks at whether somebody chats: short, so that a chat waits a moment at most. */
const turnLength = 120;
/** Passages of one such turn at most, and of the first one. */
const mostAtOnce = 64;
const firstTurn = 2;
const mostFailures = 5;
/** Times in ms: between looks while it has to wait, and after a failure. */
const pauses = { wait: 250, failed: 10_000 } as const;

/** Computes the vectors of notes in the background. */
export interface Embedding {
  /** Works for this process of notes until another call; null: nothing to do. */
  work(notes: NotesApi | null, model: EmbeddingModel | null): void;
  /** There may be new passages. */
  wake(): void;
  readonly problem: Failure | null;
  /** There may be work, and it waits for mains power. */
  readonly waitsForPower: boolean;
  close(): void;
}

/** Why it waits: somebody chats, or the machine runs on its battery. */
export type Hindrance = 'chat' | 'battery';

/** Makes an {@link Embedding}. It waits while there is a hindrance. */
export function createEmbedding(deps: {
  readonly pool: EmbedderPool;
  readonly hindrance: () => Promise<Hindrance | null>;
  /** Hears of a problem, of its end, and of waiting for power. */
  readonly onChange: () => void;
}): Embedding {
  const { pool } = deps;
  let turn = new AbortController();
  let problem: Failure | null = null;
  let waitsForPower = false;
  let wake = () => {};
  let batch = firstTurn;

  const setProblem = (next: Failure | null) => {
    if (next?.message === problem?.message) return;
    problem = next;
    deps.onChange();
  };
  const setWaits = (waits: boolean) => {
    if (waits === waitsForPower) return;
    waitsForPower = waits;
    deps.onChange();
  };
  /** True if it has to wait. */
  const isHindered = async () => {
    const hindrance = await deps.hindrance();
    // While somebody chats nobody can tell.
    if (hindrance !== 'chat') setWaits(hindrance === 'battery');
    return hindrance !== null;
  };
  /** One batch; false if there was nothing to do. */
  const step = async (notes: NotesApi, model: EmbeddingModel, signal: AbortSignal): Promise<boolean> => {
    const { passages } = await notes.pending({ limit: batch }, { signal });
    if (passages.length === 0) return false;
    const { passage: prefix } = prefixesFor(...model.names);
    await pool.open(model);
    const started = performance.now();
    const texts = passages.map(({ text }) => prefix + text);
    const vectors = await pool.embed(model, texts, signal);
    const each = (performance.now() - started) / passages.length;
    batch = Math.max(1, Math.min(mostAtOnce, Math.round(turnLength / each)));
    const added = passages.map(({ hash }, at) => ({ hash, vector: vectors[at] ?? '' }));
    await notes.addVectors({ vectors: added }, { signal });
    return true;
  };
  const run = async (notes: NotesApi, model: EmbeddingModel, signal: AbortSignal) => {
    await notes.setEmbedder({ name: model.key }, { signal });
    // A model that fails again and again is left alone until it is chosen again.
    for (let failures = 0; failures < mostFailures && !signal.aborted; ) {
      try {
        if (await isHindered()) await sleep(pauses.wait, undefined, { signal });
        else if (await step(notes, model, signal)) {
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
        if (error instanceof InklingError && error.code === 'connection_lost' && pool.has(model.key)) return;
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
      setProblem(null);
      setWaits(false);
      batch = firstTurn;
      if (notes && model) run(notes, model, signal).catch(() => {});
      else notes?.setEmbedder({ name: null }, { signal }).catch(() => {});
    },
    wake: () => wake(),
    get problem() {
      return problem;
    },
    get waitsForPower() {
      return waitsForPower;
    },
    close: () => turn.abort(),
  };
}
