import type { Topic } from '../../base/topic.ts';
import type { Failure } from '../../contract/errors.ts';
import type { NotesState } from '../../contract/notes.ts';
import type { QuestionVector } from '../../notes/contract.ts';
import type { SpawnChild } from '../children.ts';
import { createEmbedding, type Hindrance } from './createEmbedding.ts';
import { createEmbedderPool, type EmbeddingModel } from './embedderPool.ts';
import { prefixesFor } from './embeddingPrefixes.ts';
import type { NotesApi } from './notesProcess.ts';

/** An embedding model of the library, with what its name as an embedder is made of. */
export type LibraryModel = Omit<EmbeddingModel, 'key'> & { readonly id: string; readonly size: number };

/** Finding notes by meaning: whose vectors are computed, and whose answer. */
export interface Meaning {
  readonly by: NotesState['meaning'];
  readonly problem: Failure | null;
  readonly waitsForPower: boolean;
  /** A model was chosen, perhaps the same one again, which failed before. */
  choose(): void;
  /** A process of notes was started. */
  serve(notes: NotesApi): void;
  /** The process told something of itself; `answering` is the embedder whose vectors it searches. */
  heard(answering: string | null): void;
  /** What a question means to the model that answers; null where none is chosen or it is not here. */
  query(text: string, signal: AbortSignal): Promise<QuestionVector | null>;
  close(): void;
}

/** Makes the {@link Meaning} of notes. */
export function createMeaning(deps: {
  readonly spawn: SpawnChild;
  readonly entry: string;
  readonly chosen: () => string | null;
  /** Finds a model; throws if it is gone. */
  readonly find: (id: string) => Promise<LibraryModel>;
  /** Changes when models come and go. */
  readonly models: Topic<unknown>;
  readonly hindrance: () => Promise<Hindrance | null>;
  readonly onChange: () => void;
}): Meaning {
  const pool = createEmbedderPool(deps.spawn, deps.entry);
  const embedding = createEmbedding({ pool, hindrance: deps.hindrance, onChange: deps.onChange });
  const closed = new AbortController();
  let notes: NotesApi | null = null;
  let answering: string | null = null;
  let by: NotesState['meaning'] = 'none';
  let answerer: EmbeddingModel | null = null;
  let looks = 0;
  /** What is worked at; null where nothing is, or where it is to begin anew. */
  let work: { readonly notes: NotesApi; readonly key: string | null } | null = null;

  const find = async (id: string): Promise<EmbeddingModel | null> => deps.find(id).then(toModel, () => null);
  /** The model whose vectors are searched: the one before, until the chosen one has read enough. */
  const findAnswerer = async (model: EmbeddingModel) => {
    if (answering === null || answering === model.key) return model;
    const before = await find(idOf(answering));
    return before?.key === answering ? before : null;
  };
  const serveWith = (id: string | null, model: EmbeddingModel | null) => {
    if (id !== null && model === null) {
      // What was computed stays until another model is chosen: the file may come back.
      embedding.work(null, null);
      work = null;
      return;
    }
    const key = model?.key ?? null;
    if (notes === null || (work?.notes === notes && work.key === key)) return;
    work = { notes, key };
    embedding.work(notes, model);
  };
  const look = async () => {
    looks++;
    const mine = looks;
    const id = deps.chosen();
    const model = id === null ? null : await find(id);
    const found = model && (await findAnswerer(model));
    // What changed while it was looked for is known to a later look.
    if (mine !== looks || closed.signal.aborted) return;
    answerer = found;
    by = id === null ? 'none' : !found ? 'missing' : found.key === model?.key ? 'chosen' : 'before';
    pool.keep([model?.key ?? null, found?.key ?? null]);
    serveWith(id, model);
    deps.onChange();
  };
  void (async () => {
    for await (const _ of deps.models.watch(closed.signal)) await look();
  })();

  return {
    get by() {
      return by;
    },
    get problem() {
      return embedding.problem;
    },
    get waitsForPower() {
      return embedding.waitsForPower;
    },
    choose() {
      work = null;
      void look();
    },
    serve(api) {
      notes = api;
      void look();
    },
    heard(now) {
      embedding.wake();
      if (now === answering) return;
      answering = now;
      void look();
    },
    async query(text, signal) {
      if (!answerer) return null;
      const { key, names } = answerer;
      const [values] = await pool.embed(answerer, [prefixesFor(...names).query + text], signal);
      return values === undefined ? null : { embedder: key, values };
    },
    close() {
      closed.abort();
      embedding.close();
      pool.keep([]);
    },
  };
}

/** A changed file is another embedder, even under the id of the one before. */
const toModel = ({ id, size, path, names }: LibraryModel): EmbeddingModel => ({
  key: `${id}-${size}`,
  path,
  names,
});
const idOf = (key: string) => key.slice(0, key.lastIndexOf('-'));
