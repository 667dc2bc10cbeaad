import { closeSync, readdirSync } from 'node:fs';
import { InklingError } from '../../contract/errors.ts';
import type { NoteRef } from '../../contract/noteRef.ts';
import { openPlain, type Root } from './safePath.ts';
import { saveNote } from './saveNote.ts';
import type { Versions } from './versions.ts';

/** Folders that people keep daily notes in, the usual ones first; Logseq's writes dates with `_`. */
const usual = ['daily', 'daily notes', 'journal', 'journals'];

/** The note of a day (`YYYY-MM-DD`), made empty if it is missing; `made` tells which. */
export function openDaily(root: Root, versions: Versions, date: string): { note: NoteRef; made: boolean } {
  const folders = readdirSync(root.path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  const [folder] = folders
    .filter((name) => usual.includes(name.toLowerCase()))
    .sort((a, b) => usual.indexOf(a.toLowerCase()) - usual.indexOf(b.toLowerCase()));
  const isLogseq = folder === 'journals' && folders.includes('logseq');
  const name = `${isLogseq ? date.replaceAll('-', '_') : date}.md`;
  const path = folder === undefined ? name : `${folder}/${name}`;
  const note = { folderId: root.id, path };
  if (exists(root, path)) return { note, made: false };
  saveNote(root, versions, { path, text: '', base: null });
  return { note, made: true };
}

function exists(root: Root, path: string): boolean {
  try {
    closeSync(openPlain(root, path).fd);
    return true;
  } catch (error) {
    if (error instanceof InklingError && error.code === 'not_found') return false;
    throw error;
  }
}
