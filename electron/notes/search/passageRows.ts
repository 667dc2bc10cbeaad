import type { Passage } from '../../contract/noteSources.ts';
import type { Db } from '../index/db.ts';

/** A passage with what ranking needs to know of it. */
export interface PassageRow {
  readonly id: number;
  readonly file: number;
  readonly folder: string;
  readonly path: string;
  readonly title: string;
  readonly naming: string;
  readonly modified: number;
  readonly hash: string;
  readonly heading: string;
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly text: string;
}

const columns = `p.id, p.file, f.folder, f.path, f.title, f.naming, f.modified, p.hash, p.heading, p.start, p.end, p.line, p.text`;

/** The passages of these numbers, in no particular order. */
export function passagesById(db: Db, ids: readonly number[]): PassageRow[] {
  return db.all<PassageRow>(
    `SELECT ${columns} FROM json_each(?) j JOIN passages p ON p.id = j.value JOIN files f ON f.id = p.file`,
    JSON.stringify(ids),
  );
}

/** The passages of a note, in its order. */
export function passagesOf(db: Db, file: number, limit = 1000): PassageRow[] {
  return db.all<PassageRow>(
    `SELECT ${columns} FROM passages p JOIN files f ON f.id = p.file WHERE p.file = ? ORDER BY p.start LIMIT ?`,
    file,
    limit,
  );
}

/** The part of a row that callers see. */
export function toPassage({ folder, path, title, heading, start, end, text }: PassageRow): Passage {
  return { folderId: folder, path, title, heading, start, end, text };
}
