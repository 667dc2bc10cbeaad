import type { NoteRef } from '../../contract/noteRef.ts';
import type { NoteEntry } from '../../contract/notes.ts';
import type { Db } from './db.ts';
import { dirOf, fileTitle, lastName } from './names.ts';

/** What the index knows of a file. */
export interface FileRow {
  readonly id: number;
  readonly folder: string;
  readonly path: string;
  readonly place: string;
  readonly changed: string;
  readonly hash: string | null;
  readonly title: string;
  readonly skipped: string | null;
}

/** What the disk says of a file, in the words of the table. */
export interface Stamp {
  readonly place: string;
  readonly changed: string;
  readonly size: number;
  readonly modified: number;
}

const columns = 'id, folder, path, place, changed, hash, title, skipped';

/** The row of a note, if the index has one. */
export function fileAt(db: Db, { folderId, path }: NoteRef): FileRow | undefined {
  return db.get<FileRow>(`SELECT ${columns} FROM files WHERE folder = ? AND path = ?`, folderId, path);
}

/** The rows of the notes directly in a folder of a folder. */
export function filesIn(db: Db, folder: string, dir: string): FileRow[] {
  return db.all<FileRow>(`SELECT ${columns} FROM files WHERE folder = ? AND dir = ?`, folder, dir);
}

/** The folders inside a folder that the index has notes of. */
export function dirsOf(db: Db, folder: string): string[] {
  return db
    .all<{ dir: string }>('SELECT DISTINCT dir FROM files WHERE folder = ?', folder)
    .map(({ dir }) => dir);
}

/** Adds a note that is not read yet, so that it is listed at once; one that is known stays as it is. */
export function addFile(db: Db, { folderId, path }: NoteRef, stamp: Stamp): FileRow {
  const title = fileTitle(path);
  db.run(
    `INSERT INTO files (folder, path, dir, name, place, changed, size, modified, hash, title, naming, skipped)
     VALUES (?, ?, ?, ?, ?, '', ?, ?, NULL, ?, '', NULL) ON CONFLICT DO NOTHING`,
    folderId,
    path,
    dirOf(path),
    lastName(path),
    stamp.place,
    stamp.size,
    stamp.modified,
    title,
  );
  return fileAt(db, { folderId, path }) as FileRow;
}

/** Notes what the disk says of a file whose bytes are the known ones. */
export function restamp(db: Db, id: number, { place, changed, size, modified }: Stamp): void {
  db.run(
    'UPDATE files SET place = ?, changed = ?, size = ?, modified = ? WHERE id = ?',
    place,
    changed,
    size,
    modified,
    id,
  );
}

/** Every note, by folder and path. */
export function listFiles(db: Db): NoteEntry[] {
  return db
    .all<{
      folder: string;
      path: string;
      title: string;
      size: number;
      modified: number;
      skipped: string | null;
    }>('SELECT folder, path, title, size, modified, skipped FROM files ORDER BY folder, path')
    .map(({ folder, path, title, size, modified, skipped }) => ({
      folderId: folder,
      path,
      title,
      size,
      modifiedAt: modified,
      skipped,
    }));
}
