import type { NoteScope } from '../../contract/noteSources.ts';
import type { Db } from '../index/db.ts';
import { toName } from '../index/names.ts';

/** The notes that a scope names, by number; null for all of them. */
export function filesInScope(db: Db, scope: NoteScope): ReadonlySet<number> | null {
  if (scope.folders.length + scope.tags.length + scope.notes.length === 0) return null;
  const files = new Set<number>();
  const add = (sql: string, ...values: string[]) => {
    for (const { id } of db.all<{ id: number }>(sql, ...values)) files.add(id);
  };
  for (const { folderId, prefix } of scope.folders) {
    const dir = prefix.replace(/\/+$/, '');
    if (dir === '') add('SELECT id FROM files WHERE folder = ?', folderId);
    else
      add(
        'SELECT id FROM files WHERE folder = ? AND (substr(path, 1, length(?) + 1) = ? OR path = ?)',
        folderId,
        dir,
        `${dir}/`,
        dir,
      );
  }
  for (const tag of scope.tags) {
    const name = toName(tag.replace(/^#/, ''));
    // A tag holds those inside it: #home is also #home/garden.
    add(
      'SELECT file AS id FROM tags WHERE tag = ? OR substr(tag, 1, length(?) + 1) = ?',
      name,
      name,
      `${name}/`,
    );
  }
  for (const { folderId, path } of scope.notes)
    add('SELECT id FROM files WHERE folder = ? AND path = ?', folderId, path);
  return files;
}
