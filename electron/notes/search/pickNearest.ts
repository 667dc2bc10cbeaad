import type { IndexHandle } from '../index/indexHandle.ts';
import { perFile } from '../index/schema.ts';
import { highest, type Matrix } from './matrix.ts';

/** A passage and how near it is, from -1 to 1. */
export interface Near {
  readonly id: number;
  readonly similarity: number;
}

/** The passages whose vectors are the nearest, those of a scope alone where there is one. */
export function pickNearest(
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
export function rowsOf(index: IndexHandle, all: Matrix, files: ReadonlySet<number>): number[] {
  const hashes = index.db.all<{ hash: string }>(
    'SELECT DISTINCT hash FROM passages WHERE file IN (SELECT value FROM json_each(?))',
    JSON.stringify([...files]),
  );
  return hashes.flatMap(({ hash }) => all.row(hash) ?? []);
}
