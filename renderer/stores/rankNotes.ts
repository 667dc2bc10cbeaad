import type { NoteEntry } from '../../electron/contract/notes.ts';
import { baseName, fileName } from './notesTree.ts';

const plainForms = new WeakMap<
  NoteEntry,
  { readonly name: string; readonly title: string; readonly path: string }
>();

/**
 * The notes whose name, title or place holds every word that was typed, best first: a name that begins so before one
 * that holds it, short before long, then the newest. Case and accents do not count.
 */
export function rankNotes(query: string, notes: readonly NoteEntry[], limit: number): readonly NoteEntry[] {
  const words = plain(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return newest(notes, limit);
  const found: { readonly note: NoteEntry; readonly rank: number }[] = [];
  for (const note of notes) {
    const rank = rankOf(note, words);
    if (rank !== null) found.push({ note, rank });
  }
  return found
    .sort((a, b) => a.rank - b.rank || b.note.modifiedAt - a.note.modifiedAt)
    .slice(0, limit)
    .map(({ note }) => note);
}

function rankOf(note: NoteEntry, words: readonly string[]): number | null {
  const { name, title, path } = formsOf(note);
  let rank = 0;
  for (const word of words) {
    if (name.startsWith(word)) rank += 0;
    else if (title.startsWith(word)) rank += 1;
    else if (name.includes(word)) rank += 2;
    else if (title.includes(word)) rank += 3;
    else if (path.includes(word)) rank += 5;
    else return null;
  }
  // A length counts less than any difference of kind.
  return rank + Math.min(name.length, 200) / 1000;
}

function formsOf(note: NoteEntry) {
  const known = plainForms.get(note);
  if (known) return known;
  const forms = { name: plain(baseName(note.path)), title: plain(note.title), path: plain(note.path) };
  plainForms.set(note, forms);
  return forms;
}

const newest = (notes: readonly NoteEntry[], limit: number) =>
  [...notes].sort((a, b) => b.modifiedAt - a.modifiedAt).slice(0, limit);

const plain = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim();

/** The note that a link means, or null: a whole path, a path from the note it stands in, or a name that is found anywhere. */
export function resolveLink(
  target: string,
  from: { readonly folderId: string; readonly path: string },
  notes: readonly NoteEntry[],
): NoteEntry | null {
  const wanted = tidy(target);
  if (wanted === '') return null;
  const here = from.path.slice(0, Math.max(0, from.path.lastIndexOf('/')));
  const near = tidy(joinPath(here, wanted));
  let named: NoteEntry | null = null;
  let whole: NoteEntry | null = null;
  for (const note of notes) {
    if (note.folderId !== from.folderId) continue;
    const path = tidy(note.path);
    if (path === near) return note;
    if (path === wanted) whole ??= note;
    const closer = !named || note.path.length < named.path.length;
    if ((path.endsWith(`/${wanted}`) || tidy(fileName(note.path)) === wanted) && closer) named = note;
  }
  return whole ?? named;
}

// Links are written with and without the ending, in any case and in any Unicode form.
const tidy = (path: string): string =>
  path
    .normalize('NFC')
    .toLowerCase()
    .replace(/^\.?\/+/, '')
    .replace(/\.(md|markdown)$/, '')
    .trim();

function joinPath(folder: string, path: string): string {
  const parts = folder ? folder.split('/') : [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}

/** How a link to a note is written: its name alone where that is enough, else its whole path. */
export function linkTo(note: NoteEntry, notes: readonly NoteEntry[]): string {
  const alone = namesIn(notes).get(sharedName(note)) === 1;
  return alone ? baseName(note.path) : note.path.replace(/\.md$/i, '');
}

const countedNames = new WeakMap<readonly NoteEntry[], ReadonlyMap<string, number>>();
const sharedName = ({ folderId, path }: NoteEntry) => `${folderId}/${baseName(path).toLowerCase()}`;

function namesIn(notes: readonly NoteEntry[]): ReadonlyMap<string, number> {
  const known = countedNames.get(notes);
  if (known) return known;
  const counts = new Map<string, number>();
  for (const note of notes) counts.set(sharedName(note), (counts.get(sharedName(note)) ?? 0) + 1);
  countedNames.set(notes, counts);
  return counts;
}
