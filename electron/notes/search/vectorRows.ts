import type { Db } from '../index/db.ts';

/** A vector under the hash of the text it stands for. */
export interface VectorRow {
  readonly hash: string;
  readonly vector: Float32Array;
}

/** Vectors that are read from the database at a time. */
const slice = 4000;

const wanted = `SELECT DISTINCT hash FROM passages WHERE text <> ''`;

/** Different passages that should have a vector. */
export const countWanted = (db: Db): number =>
  db.get<{ n: number }>(`SELECT COUNT(*) AS n FROM (${wanted})`)?.n ?? 0;

/** Those of them that have one of this embedder. */
export const countOf = (db: Db, embedder: string): number =>
  db.get<{ n: number }>(
    `SELECT COUNT(*) AS n FROM (${wanted}) w JOIN vectors.vectors v ON v.embedder = ? AND v.hash = w.hash`,
    embedder,
  )?.n ?? 0;

/** Passages behind a hash that have no vector, in the order of hashes. */
export const passagesWithout = (db: Db, embedder: string, after: string, limit: number) =>
  db.all<{ hash: string; text: string }>(
    `SELECT p.hash, CASE p.heading WHEN '' THEN p.text ELSE p.heading || char(10) || p.text END AS text
     FROM passages p WHERE p.hash > ? AND p.text <> ''
       AND NOT EXISTS (SELECT 1 FROM vectors.vectors v WHERE v.embedder = ? AND v.hash = p.hash)
     GROUP BY p.hash LIMIT ?`,
    after,
    embedder,
    limit,
  );

/** Every vector of an embedder. */
export function* readVectors(db: Db, embedder: string): Generator<VectorRow> {
  for (let after = 0; ; ) {
    const rows = db.all<{ id: number; hash: string; vector: Uint8Array }>(
      'SELECT id, hash, vector FROM vectors.vectors WHERE embedder = ? AND id > ? ORDER BY id LIMIT ?',
      embedder,
      after,
      slice,
    );
    for (const { hash, vector } of rows) yield { hash, vector: toFloats(vector) };
    after = rows.at(-1)?.id ?? 0;
    if (rows.length < slice) return;
  }
}

/** Numbers in each vector of an embedder; null while it has none. */
export function widthOf(db: Db, embedder: string): number | null {
  // The index alone tells which row; to read all of them for the first one of an embedder would take long.
  const first = db.get<{ id: number }>('SELECT id FROM vectors.vectors WHERE embedder = ? LIMIT 1', embedder);
  const row =
    first &&
    db.get<{ bytes: number }>('SELECT LENGTH(vector) AS bytes FROM vectors.vectors WHERE id = ?', first.id);
  return row ? row.bytes / Float32Array.BYTES_PER_ELEMENT : null;
}

/** Keeps the vector of a passage that is still there; false if it is gone or has one. */
export const putVector = (db: Db, embedder: string, { hash, vector }: VectorRow): boolean =>
  db.get('SELECT 1 FROM passages WHERE hash = ? LIMIT 1', hash) !== undefined &&
  db.run(
    'INSERT OR IGNORE INTO vectors.vectors (embedder, hash, vector) VALUES (?, ?, ?)',
    embedder,
    hash,
    new Uint8Array(vector.buffer),
  ).changes > 0;

/** The embedder that knows most of the passages, this one left out; null where no other knows any. */
export function bestBeside(db: Db, embedder: string): string | null {
  const others = db
    .all<{ name: string }>('SELECT DISTINCT embedder AS name FROM vectors.vectors')
    .filter(({ name }) => name !== embedder)
    .map(({ name }) => ({ name, count: countOf(db, name) }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count);
  return others[0]?.name ?? null;
}

/** Removes up to `limit` vectors of all embedders but these; tells how many there were. */
export const removeOthers = (db: Db, kept: readonly string[], limit: number): number =>
  db.run(
    `DELETE FROM vectors.vectors WHERE id IN (
       SELECT id FROM vectors.vectors WHERE embedder NOT IN (SELECT value FROM json_each(?)) LIMIT ?)`,
    JSON.stringify(kept),
    limit,
  ).changes;

/** Bytes as the database and base64 hold them, as numbers. */
export function toFloats(bytes: Uint8Array): Float32Array {
  // A copy of its own: views must begin at a multiple of four.
  return new Float32Array(new Uint8Array(bytes.subarray(0, bytes.length - (bytes.length % 4))).buffer);
}
