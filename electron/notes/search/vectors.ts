import { InklingError } from '../../contract/errors.ts';
import type { IndexHandle } from '../index/indexHandle.ts';
import { perFile } from '../index/schema.ts';

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

/** All vectors in one block, so that a search is one pass over memory. */
interface Matrix {
  readonly width: number;
  readonly hashes: string[];
  readonly rows: Map<string, number>;
  values: Float32Array;
}

const wanted = `SELECT DISTINCT hash FROM passages WHERE text <> ''`;

/** Keeps the vectors of an index. */
export function createVectors(index: IndexHandle): Vectors {
  let embedder: string | null = null;
  let matrix: Matrix | null = null;
  let counted: { version: number; embedded: number; all: number } | null = null;

  const load = (): Matrix | null => {
    if (matrix || embedder === null) return matrix;
    const rows = index.db.all<{ hash: string; vector: Uint8Array }>(
      'SELECT hash, vector FROM vectors.vectors WHERE embedder = ?',
      embedder,
    );
    for (const { hash, vector } of rows) put(hash, toFloats(vector));
    return matrix;
  };
  const put = (hash: string, vector: Float32Array) => {
    matrix ??= { width: vector.length, hashes: [], rows: new Map(), values: new Float32Array(0) };
    if (vector.length !== matrix.width) return;
    let row = matrix.rows.get(hash);
    if (row === undefined) {
      row = matrix.hashes.push(hash) - 1;
      matrix.rows.set(hash, row);
    }
    const end = (row + 1) * matrix.width;
    if (end > matrix.values.length) {
      const larger = new Float32Array(Math.max(end, matrix.values.length * 2, 256 * matrix.width));
      larger.set(matrix.values);
      matrix.values = larger;
    }
    matrix.values.set(vector, row * matrix.width);
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

  return {
    get embedder() {
      return embedder;
    },
    choose(next) {
      if (next === embedder) return;
      embedder = next;
      matrix = null;
      counted = null;
      // Those of the model before serve nobody any more.
      if (next !== null) index.db.run('DELETE FROM vectors.vectors WHERE embedder <> ?', next);
    },
    pending(limit) {
      if (embedder === null) return { passages: [], left: 0 };
      const passages = index.db.all<{ hash: string; text: string }>(
        `SELECT p.hash, CASE p.heading WHEN '' THEN p.text ELSE p.heading || char(10) || p.text END AS text
         FROM passages p WHERE p.text <> ''
           AND NOT EXISTS (SELECT 1 FROM vectors.vectors v WHERE v.embedder = ? AND v.hash = p.hash)
         GROUP BY p.hash LIMIT ?`,
        embedder,
        limit,
      );
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
      return pick(index, all, scan(all, asked), limit, scope);
    },
    nearFile(file, limit) {
      const all = load();
      if (!all) return [];
      const hashes = index.db.all<{ hash: string }>(
        'SELECT hash FROM passages WHERE file = ? LIMIT 200',
        file,
      );
      const middle = new Float32Array(all.width);
      for (const { hash } of hashes) {
        const row = all.rows.get(hash);
        if (row === undefined) continue;
        for (let column = 0; column < all.width; column++)
          middle[column] = (middle[column] as number) + (all.values[row * all.width + column] as number);
      }
      if (middle.every((value) => value === 0)) return [];
      return pick(index, all, scan(all, normalize(middle)), limit, null);
    },
  };
}

/** The similarity of every row to a vector: both are of length one, so it is their product. */
function scan({ width, hashes, values }: Matrix, asked: Float32Array): Float32Array {
  const similar = new Float32Array(hashes.length);
  for (let row = 0, at = 0; row < hashes.length; row++) {
    let sum = 0;
    for (let column = 0; column < width; column++, at++)
      sum += (values[at] as number) * (asked[column] as number);
    similar[row] = sum;
  }
  return similar;
}

/** The best rows that still stand for passages; more are looked at where a scope leaves many out. */
function pick(
  index: IndexHandle,
  { hashes }: Matrix,
  similar: Float32Array,
  limit: number,
  scope: ReadonlySet<number> | null,
): Near[] {
  const order = Uint32Array.from(similar.keys()).sort(
    (a, b) => (similar[b] as number) - (similar[a] as number),
  );
  const found: Near[] = [];
  for (const row of order) {
    const ids = index.db.all<{ id: number }>(
      'SELECT id FROM passages WHERE hash = ? LIMIT 20',
      hashes[row] as string,
    );
    for (const { id } of ids)
      if (!scope || scope.has(Math.floor(id / perFile)))
        found.push({ id, similarity: similar[row] as number });
    if (found.length >= limit) break;
  }
  return found.slice(0, limit);
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
