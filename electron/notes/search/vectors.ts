import { InklingError } from '../../contract/errors.ts';
import type { IndexHandle } from '../index/indexHandle.ts';
import { createMatrix, type Matrix } from './matrix.ts';
import { type Near, pickNearest, rowsOf } from './pickNearest.ts';
import {
  bestBeside,
  countOf,
  countWanted,
  passagesWithout,
  putVector,
  readVectors,
  removeOthers,
  toFloats,
  widthOf,
} from './vectorRows.ts';

/**
 * The vectors of passages: kept in the database for each embedding model, and in memory once they are searched. While
 * those of a newly chosen model are computed, those of the one before answer.
 */
export interface Vectors {
  /** The chosen one; null for none. */
  readonly embedder: string | null;
  /** The one whose vectors are searched: the chosen one, or the one before until the chosen knows as many passages. */
  readonly answering: string | null;
  choose(embedder: string | null): void;
  /** Lets the chosen one answer if it knows enough by now, and removes the one before. */
  takeOver(): void;
  /** Passages without a vector of the chosen one, each text once. */
  pending(limit: number): { passages: { hash: string; text: string }[]; left: number };
  /** Takes vectors of the chosen one in (base64 of float32, little endian). Throws `bad_input` for one of another length. */
  add(vectors: readonly { readonly hash: string; readonly vector: string }[]): void;
  /** Different passages that have vectors of the chosen one, and all that should. */
  counts(): { readonly embedded: number; readonly all: number };
  /** Passages nearest to a vector of the answering one, best first. */
  nearest(vector: string, limit: number, scope: ReadonlySet<number> | null): Near[];
  /** Passages nearest to what a whole note is about; its own are among them. */
  nearFile(file: number, limit: number): Near[];
  close(): void;
}

/** Vectors that are removed at a time, between which the process can do other things. */
const removedAtOnce = 1000;

/** Keeps the vectors of an index. */
export function createVectors(index: IndexHandle): Vectors {
  let chosen: string | null = null;
  let before: string | null = null;
  let loaded: { readonly of: string; readonly matrix: Matrix | null } | null = null;
  let width: number | null = null;
  let passed = '';
  let counted: { version: number; embedded: number; before: number; all: number } | null = null;
  let removing: NodeJS.Immediate | undefined;

  const answering = () => before ?? chosen;
  const load = (): Matrix | null => {
    const of = answering();
    if (of === null) return null;
    if (loaded?.of === of && loaded.matrix) return loaded.matrix;
    let matrix: Matrix | null = null;
    const expected = of === chosen ? counts().embedded : counts().before;
    for (const { hash, vector } of readVectors(index.db, of)) {
      matrix ??= createMatrix(vector.length, expected);
      if (vector.length === matrix.width) matrix.put(hash, vector);
    }
    loaded = { of, matrix };
    return matrix;
  };
  const counts = () => {
    if (counted?.version === index.version) return counted;
    counted = {
      version: index.version,
      all: countWanted(index.db),
      embedded: chosen === null ? 0 : countOf(index.db, chosen),
      before: before === null ? 0 : countOf(index.db, before),
    };
    return counted;
  };
  /** Removes what serves nobody any more, in steps; what a kill leaves of it is removed after the next choice. */
  const removeRest = () => {
    clearImmediate(removing);
    removing = setImmediate(() => {
      const kept = [chosen, before].filter((name) => name !== null);
      if (kept.length === 0) return;
      try {
        if (removeOthers(index.db, kept, removedAtOnce) === removedAtOnce) removeRest();
      } catch (error) {
        console.error('vectors of the model before:', error);
      }
    });
  };

  return {
    get embedder() {
      return chosen;
    },
    get answering() {
      return answering();
    },
    choose(next) {
      if (next === chosen) return;
      chosen = next;
      // Whose vectors are the most needs no note of its own, which a kill could leave wrong.
      before = next === null ? null : bestBeside(index.db, next);
      counted = null;
      width = null;
      passed = '';
      if (loaded?.of !== answering()) loaded = null;
      if (next !== null) removeRest();
    },
    takeOver() {
      if (before === null || counts().embedded < counts().before) return;
      before = null;
      counted = null;
      loaded = null;
      removeRest();
    },
    pending(limit) {
      if (chosen === null) return { passages: [], left: 0 };
      // Those asked for last time have vectors by now; what was passed over meanwhile comes in the next round.
      let passages = passagesWithout(index.db, chosen, passed, limit);
      if (passages.length === 0 && passed !== '') passages = passagesWithout(index.db, chosen, '', limit);
      passed = passages.at(-1)?.hash ?? '';
      const { all, embedded } = counts();
      return { passages, left: Math.max(all - embedded, passages.length) };
    },
    add(vectors) {
      if (chosen === null) return;
      const own = chosen;
      const taken = vectors.map(({ hash, vector }) => ({ hash, vector: normalize(fromBase64(vector)) }));
      width ??= widthOf(index.db, own);
      const expected = width ?? taken[0]?.vector.length ?? 0;
      if (taken.some(({ vector }) => vector.length !== expected || expected === 0))
        throw new InklingError('bad_input', 'These vectors are not all of the length of the others.');
      const added = index.db.transaction(() => taken.filter((row) => putVector(index.db, own, row)));
      if (loaded?.of === own && loaded.matrix)
        for (const { hash, vector } of added) loaded.matrix.put(hash, vector);
      if (counted) counted = { ...counted, embedded: counted.embedded + added.length };
    },
    counts,
    nearest(vector, limit, scope) {
      const all = load();
      const asked = normalize(fromBase64(vector));
      if (!all || asked.length !== all.width) return [];
      return pickNearest(index, all, asked, limit, scope);
    },
    nearFile(file, limit) {
      const all = load();
      if (!all) return [];
      const middle = new Float32Array(all.width);
      for (const row of rowsOf(index, all, new Set([file])))
        all.at(row).forEach((value, column) => {
          middle[column] = (middle[column] as number) + value;
        });
      if (middle.every((value) => value === 0)) return [];
      return pickNearest(index, all, normalize(middle), limit, null);
    },
    close: () => clearImmediate(removing),
  };
}

const fromBase64 = (text: string) => toFloats(Buffer.from(text, 'base64'));

function normalize(vector: Float32Array): Float32Array {
  let squares = 0;
  for (const value of vector) squares += value * value;
  const length = Math.sqrt(squares) || 1;
  return vector.map((value) => (Number.isFinite(value) ? value / length : 0));
}
