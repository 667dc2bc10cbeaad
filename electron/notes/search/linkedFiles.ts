import type { Db } from '../index/db.ts';
import { type LinkRow, resolveLink } from './resolveLinks.ts';

/** Links of one note that are looked at. */
const mostLinks = 100;

/** Those of some notes that are linked with another of them. */
export function linkedFiles(db: Db, files: readonly number[]): ReadonlySet<number> {
  const among = new Set(files);
  const linked = new Set<number>();
  for (const file of among) {
    const from = db.get<{ folder: string; path: string }>(
      'SELECT folder, path FROM files WHERE id = ?',
      file,
    );
    if (!from) continue;
    const links = db.all<LinkRow>(
      `SELECT kind, target FROM links WHERE file = ? AND (
         name IN (SELECT name FROM files WHERE id IN (SELECT value FROM json_each(?)))
         OR name IN (SELECT name FROM aliases WHERE file IN (SELECT value FROM json_each(?)))
       ) LIMIT ${mostLinks}`,
      file,
      JSON.stringify([...among]),
      JSON.stringify([...among]),
    );
    for (const link of links) {
      const target = resolveLink(db, from.folder, from.path, link)?.id;
      if (target === undefined || target === file || !among.has(target)) continue;
      linked.add(file);
      linked.add(target);
    }
  }
  return linked;
}
