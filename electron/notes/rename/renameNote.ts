import { closeSync, lstatSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { InklingError } from '../../contract/errors.ts';
import type { NoteRef } from '../../contract/noteRef.ts';
import type { LinkChange } from '../../contract/notes.ts';
import { toNoteError } from '../files/noteErrors.ts';
import { readNote } from '../files/readNote.ts';
import { checkFolders, fullPath, openPlain, type Root } from '../files/safePath.ts';
import { saveNote } from '../files/saveNote.ts';
import type { Versions } from '../files/versions.ts';
import { nameNew, syncFolder } from '../files/writeAtomic.ts';
import { linesOf } from '../markdown/lines.ts';

/** Renames or moves a note inside its folder; never over another file. Throws `conflict` if there is one. */
export function renameFile(root: Root, path: string, to: string): void {
  if (path === to) return;
  const from = fullPath(root, path);
  const target = fullPath(root, to);
  closeSync(openPlain(root, path).fd);
  checkFolders(root, to, true);
  try {
    if (isSameName(path, to) && isSameFile(from, target)) renameSync(from, target);
    else nameNew(from, target);
    syncFolder(dirname(from));
    if (dirname(target) !== dirname(from)) syncFolder(dirname(target));
  } catch (error) {
    if ((error as { code?: unknown }).code === 'EEXIST')
      throw new InklingError(
        'conflict',
        `There is a file "${to}" already. Nothing was changed; choose another name.`,
      );
    throw toNoteError(error, path);
  }
}

/**
 * Changes the reviewed lines of one note. A line that is not as it was reviewed is left alone, and told by throwing a
 * `conflict` after the others were changed.
 */
export function updateLinks(
  root: Root,
  versions: Versions,
  note: NoteRef,
  changes: readonly LinkChange[],
): void {
  const now = readNote(root, note.path);
  const byLine = new Map(changes.map((change) => [change.line, change]));
  let text = '';
  let at = 0;
  for (const { number, start, end } of linesOf(now.text)) {
    const change = byLine.get(number);
    if (!change || now.text.slice(start, end) !== change.before) continue;
    text += now.text.slice(at, start) + change.after;
    at = end;
    byLine.delete(number);
  }
  versions.keepBase(note, now.hash, now.bytes);
  const saved = saveNote(root, versions, {
    path: note.path,
    text: text + now.text.slice(at),
    base: now.hash,
  });
  if (byLine.size > 0 || saved.type === 'conflict')
    throw new InklingError(
      'conflict',
      'It changed since the links were reviewed; the lines that changed were left as they are.',
    );
}

/** Names that some disks do not tell apart. */
const isSameName = (one: string, other: string) =>
  one.normalize('NFC').toLowerCase() === other.normalize('NFC').toLowerCase();

function isSameFile(one: string, other: string): boolean {
  const [a, b] = [one, other].map((path) => lstatSync(path, { bigint: true, throwIfNoEntry: false }));
  return a !== undefined && b !== undefined && a.dev === b.dev && a.ino === b.ino;
}
