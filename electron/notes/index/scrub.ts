import type { Db } from './db.ts';

/** Why words may be left in the files that no note holds any more; `removed` is more urgent than `changed`. */
export type Leftover = 'removed' | 'changed';

/** Pages that one step of merging handles. */
const stepPages = 64;

/** Notes that something was taken out of the index; joins the transaction that does it. */
export function leaveToScrub(db: Db, why: Leftover): void {
  if (leftover(db) === 'removed') return;
  db.run("INSERT OR REPLACE INTO facts (name, value) VALUES ('scrub', ?)", why);
}

/** What waits to be scrubbed; null if nothing does. */
export function leftover(db: Db): Leftover | null {
  const value = db.get<{ value: string }>("SELECT value FROM facts WHERE name = 'scrub'")?.value;
  return value === 'removed' || value === 'changed' ? value : null;
}

/** Leaves no byte of what was taken out in the files of the index. `breathe` is awaited between steps. */
export async function scrub(db: () => Db, breathe: () => Promise<void>): Promise<void> {
  db().run(
    'DELETE FROM vectors.vectors WHERE NOT EXISTS (SELECT 1 FROM passages p WHERE p.hash = vectors.vectors.hash)',
  );
  // Erased words stay beside a note that they are erased until the parts of the full text are merged into one.
  const changes = () => db().get<{ n: number }>('SELECT total_changes() AS n')?.n ?? 0;
  let pages = -stepPages;
  for (;;) {
    const before = changes();
    db().run("INSERT INTO words (words, rank) VALUES ('merge', CAST(? AS INTEGER))", pages);
    if (changes() - before < 2) break;
    pages = stepPages;
    await breathe();
  }
  db().transaction(() => db().run("DELETE FROM facts WHERE name = 'scrub'"));
  // `secure_delete` empties a row where it lies, but not where it lay before SQLite moved it to another page.
  db().exec('VACUUM main');
  db().exec('PRAGMA main.wal_checkpoint(TRUNCATE); PRAGMA vectors.wal_checkpoint(TRUNCATE)');
}
