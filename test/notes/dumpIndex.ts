import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/**
 * What a closed index holds, without the numbers that depend on the order of reading: files, passages, words, tags and
 * links.
 */
export function dumpIndex(data: string): unknown {
  const db = new DatabaseSync(join(data, 'notes.sqlite'), { readOnly: true });
  try {
    const files = db
      .prepare('SELECT id, folder, path, dir, name, hash, title, skipped FROM files ORDER BY folder, path')
      .all() as Record<string, unknown>[];
    const rows = (sql: string, file: unknown) => db.prepare(sql).all(file as number);
    return {
      files: files.map(({ id, ...file }) => ({
        ...file,
        passages: rows(
          'SELECT hash, heading, start, end, line, text FROM passages WHERE file = ? ORDER BY start',
          id,
        ),
        tags: rows('SELECT tag, shown FROM tags WHERE file = ? ORDER BY tag', id),
        aliases: rows('SELECT name FROM aliases WHERE file = ? ORDER BY name', id),
        links: rows('SELECT kind, target, line, start, end FROM links WHERE file = ? ORDER BY start', id),
      })),
      words: db.prepare('SELECT term, doc, cnt FROM vocabulary ORDER BY term').all(),
    };
  } finally {
    db.close();
  }
}
