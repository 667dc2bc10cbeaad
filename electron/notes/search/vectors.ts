import { InklingError } from '../../contract/errors.ts';
import type { IndexHandle } from '../index/indexHandle.ts';
import { perFile } from '../index/schema.ts';
import { createMatrix, highest, type Matrix } from './matrix.ts';

/** The vectors of the chosen embedding model: kept in the database, and in memory once they are searched. */
export interface Vectors {
  /** The chosen one; null for none. */
  readonly embedder: string | null;
  choose(embedder: string | null): void;
  /** Passages without a vector, each text once. */
  pending(limit: number): { passages: { hash: string; text: string }[]; left: number };
  /** Takes vectors in (base64 of float32, little endian). Throws `bad_input` for one of another length. */
  add(vectors: readonly { readonly hash: string; readonly vector: string }[]): void;
  /** Different passages that have vectors, and all that should. */
  counts(): { readonly embedded: number; readonly all: number };
  /** Passages nearest to a vector, best first. */
  nearest(vector: string, limit: number, scope: ReadonlySet<number> | null): Near[];
  /** Passages nearest to what a whole note is about; its own are among them. */
  nearFile(file: number, limit: number): Near[];
}

/** A passage and how near it is, from -1 to 1. */
export interface Near {
  readonly id: number;
  readonly similarity: number;
}

/** Vectors that are read from the database at a time. */
const slice = 4000;

const wanted = `SELECT DISTINCT hash FROM passages WHERE text <> ''`;

/** Keeps the vectors of an index. */
export function createVectors(index: IndexHandle): Vectors {
  let embedder: string | null = null;
  let matrix: Matrix | null = null;
  let passed = '';
  let counted: { version: number; embedded: number; all: number } | null = null;

  const load = (): Matrix | null => {
    if (matrix || embedder === null) return matrix;
    const expected = counts().embedded;
    for (let after = 0; ; ) {
      const rows = index.db.all<{ id: number; hash: string; vector: Uint8Array }>(
        'SELECT id, hash, vector FROM vectors.vectors WHERE embedder = ? AND id > ? ORDER BY id LIMIT ?',
        embedder,
        after,
        slice,
      );
      for (const { hash, vector } of rows) put(hash, toFloats(vector), expected);
      after = rows.at(-1)?.id ?? 0;
      if (rows.length < slice) return matrix;
    }
  };
  const put = (hash: string, vector: Float32Array, expected?: number) => {
    matrix ??= createMatrix(vector.length, expected);
    if (vector.length === matrix.width) matrix.put(hash, vector);
  };
  const counts = () => {
    if (counted?.version === index.version) return counted;
    const all = index.db.get<{ n: number }>(`SELECT COUNT(*) AS n FROM (${wanted})`)?.n ?? 0;
    const embedded =
      embedder === null
        ? 0
        : (index.db.get<{ n: number }>(
            `SELECT COUNT(*) AS n FROM (${wanted}) w JOIN vectors.vectors v ON v.embedder = ? AND v.hash = w.hash`,
            embedder,
          )?.n ?? 0);
    counted = { version: index.version, embedded, all };
    return counted;
  };

  /** Passages behind a hash that have no vector, in the order of hashes. */
  const without = (own: string, after: string, limit: number) =>
    index.db.all<{ hash: string; text: string }>(
      `SELECT p.hash, CASE p.heading WHEN '' THEN p.text ELSE p.heading || char(10) || p.text END AS text
       FROM passages p WHERE p.hash > ? AND p.text <> ''
         AND NOT EXISTS (SELECT 1 FROM vectors.vectors v WHERE v.embedder = ? AND v.hash = p.hash)
       GROUP BY p.hash LIMIT ?`,
      after,
      own,
      limit,
    );

  return {
    get embedder() {
      return embedder;
    },
    choose(next) {
      if (next === embedder) return;
      embedder = next;
      matrix = null;
      counted = null;
      passed = '';
      // Those of the model before serve nobody any more.
      if (next !== null) index.db.run('DELETE FROM vectors.vectors WHERE embedder <> ?', next);
    },
    pending(limit) {
      if (embedder === null) return { passages: [], left: 0 };
      // Those asked for last time have vectors by now; what was passed over meanwhile comes in the next round.
      let passages = without(embedder, passed, limit);
      if (passages.length === 0 && passed !== '') passages = without(embedder, '', limit);
      passed = passages.at(-1)?.hash ?? '';
      const { all, embedded } = counts();
      return { passages, left: Math.max(all - embedded, passages.length) };
    },
    add(vectors) {
      if (embedder === null) return;
      const own = embedder;
      const width = load()?.width ?? 0;
      const taken = vectors.map(({ hash, vector }) => ({ hash, vector: normalize(fromBase64(vector)) }));
      const expected = width || (taken[0]?.vector.length ?? 0);
      if (taken.some(({ vector }) => vector.length !== expected || expected === 0))
        throw new InklingError('bad_input', 'These vectors are not all of the length of the others.');
      let added = 0;
      index.db.transaction(() => {
        for (const { hash, vector } of taken) {
          // A passage may be gone by the time its vector is there.
          if (!index.db.get('SELECT 1 FROM passages WHERE hash = ? LIMIT 1', hash)) continue;
          added += index.db.run(
            'INSERT OR IGNORE INTO vectors.vectors (embedder, hash, vector) VALUES (?, ?, ?)',
            own,
            hash,
            new Uint8Array(vector.buffer),
          ).changes;
          put(hash, vector);
        }
      });
      if (counted) counted = { ...counted, embedded: counted.embedded + added };
    },
    counts,
    nearest(vector, limit, scope) {
      const all = load();
      const asked = normalize(fromBase64(vector));
      if (!all || asked.length !== all.width) return [];
      return pick(index, all, asked, limit, scope);
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
      return pick(index, all, normalize(middle), limit, null);
    },
  };
}

/** The passages whose vectors are the nearest, those of a scope alone where there is one. */
function pick(
  index: IndexHandle,
  all: Matrix,
  asked: Float32Array,
  limit: number,
  scope: ReadonlySet<number> | null,
): Near[] {
  const similar = all.compare(asked, scope && rowsOf(index, all, scope));
  let found: Near[] = [];
  // Some rows stand for no passage any more; only where that takes up the first look is everything put in order.
  for (const most of [limit * 4, all.hashes.length]) {
    found = [];
    for (const row of highest(similar, Math.min(most, all.hashes.length))) {
      for (const { id } of index.db.all<{ id: number }>(
        'SELECT id FROM passages WHERE hash = ? LIMIT 20',
        all.hashes[row] as string,
      ))
        if (!scope || scope.has(Math.floor(id / perFile)))
          found.push({ id, similarity: similar[row] as number });
      if (found.length >= limit) return found.slice(0, limit);
    }
  }
  return found;
}

/** The rows of the passages of some files. */
function rowsOf(index: IndexHandle, all: Matrix, files: ReadonlySet<number>): number[] {
  const hashes = index.db.all<{ hash: string }>(
    'SELECT DISTINCT hash FROM passages WHERE file IN (SELECT value FROM json_each(?))',
    JSON.stringify([...files]),
  );
  return hashes.flatMap(({ hash }) => all.row(hash) ?? []);
}

const fromBase64 = (text: string) => toFloats(Buffer.from(text, 'base64'));

function toFloats(bytes: Uint8Array): Float32Array {
  // A copy of its own: views must begin at a multiple of four.
  return new Float32Array(new Uint8Array(bytes.subarray(0, bytes.length - (bytes.length % 4))).buffer);
}

function normalize(vector: Float32Array): Float32Array {
  let squares = 0;
  for (const value of vector) squares += value * value;
  const length = Math.sqrt(squares) || 1;
  return vector.map((value) => (Number.isFinite(value) ? value / length : 0));
}
