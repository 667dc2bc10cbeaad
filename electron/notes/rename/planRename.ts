import { InklingError } from '../../contract/errors.ts';
import type { NoteRef } from '../../contract/noteRef.ts';
import type { LinkChange } from '../../contract/notes.ts';
import { readNote } from '../files/readNote.ts';
import type { Root } from '../files/safePath.ts';
import type { Db } from '../index/db.ts';
import { type FileRow, fileAt } from '../index/fileRows.ts';
import { dirOf, lastName } from '../index/names.ts';
import { analyze } from '../markdown/analyze.ts';
import type { Link } from '../markdown/inline.ts';
import { linesOf } from '../markdown/lines.ts';
import { linksTo } from '../search/around.ts';
import { resolveLink } from '../search/resolveLinks.ts';
import { newTarget } from './newTarget.ts';

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * The lines that a rename would change: in other notes, and in the note itself where its own relative links would lead
 * elsewhere from the new place.
 */
export function planRename(db: Db, root: Root, note: NoteRef, to: string): LinkChange[] {
  const row = fileAt(db, note);
  if (!row) return [];
  const unique = !db.get(
    'SELECT 1 FROM files WHERE folder = ? AND name = ? AND id <> ? LIMIT 1',
    root.id,
    lastName(to),
    row.id,
  );
  const sources = new Set(linksTo(db, row).map(({ path }) => path));
  const changes: LinkChange[] = [];
  for (const path of [...sources, note.path]) {
    const text = textOf(root, path);
    if (text === null) continue;
    const edits = analyze(text).links.flatMap((link) => {
      const written =
        path === note.path
          ? ownTarget(db, row, to, unique, text, link)
          : otherTarget(db, row, to, unique, path, text, link);
      return written === null
        ? []
        : [{ start: link.targetStart, end: link.targetStart + link.target.length, text: written }];
    });
    changes.push(...changedLines({ folderId: root.id, path }, text, edits));
  }
  return changes;
}

function otherTarget(
  db: Db,
  row: FileRow,
  to: string,
  unique: boolean,
  path: string,
  text: string,
  link: Link,
): string | null {
  if (resolveLink(db, row.folder, path, link)?.id !== row.id) return null;
  return newTarget({ ...link, angled: isAngled(text, link) }, { from: path, old: row.path, to, unique });
}

function ownTarget(
  db: Db,
  row: FileRow,
  to: string,
  unique: boolean,
  text: string,
  link: Link,
): string | null {
  const target = resolveLink(db, row.folder, row.path, link);
  if (!target) return null;
  const angled = isAngled(text, link);
  if (target.id === row.id) return newTarget({ ...link, angled }, { from: to, old: row.path, to, unique });
  if (link.kind === 'wiki' || dirOf(to) === dirOf(row.path)) return null;
  return newTarget({ ...link, angled }, { from: to, old: target.path, to: target.path, unique: true });
}

const isAngled = (text: string, { targetStart }: Link) => text[targetStart - 1] === '<';

function changedLines(note: NoteRef, text: string, edits: readonly Edit[]): LinkChange[] {
  const changes: LinkChange[] = [];
  let next = 0;
  for (const { number, start, end } of linesOf(text)) {
    if (next >= edits.length) break;
    const before = text.slice(start, end);
    let after = '';
    let at = start;
    for (let edit = edits[next]; edit && edit.start < end; edit = edits[++next]) {
      after += text.slice(at, edit.start) + edit.text;
      at = edit.end;
    }
    if (at > start) changes.push({ note, line: number, before, after: after + text.slice(at, end) });
  }
  return changes;
}

function textOf(root: Root, path: string): string | null {
  try {
    return readNote(root, path).text;
  } catch (error) {
    if (error instanceof InklingError) return null;
    throw error;
  }
}
