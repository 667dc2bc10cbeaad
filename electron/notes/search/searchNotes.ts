import type { SearchedNote } from '../../contract/noteSources.ts';
import type { Db } from '../index/db.ts';
import { perFile } from '../index/schema.ts';
import { type Term, termsOf } from '../index/words.ts';
import { passagesById, passagesOf, toPassage } from './passageRows.ts';
import { snippetOf } from './snippet.ts';

/** Words beyond these add nothing but time. */
const mostWords = 12;
/** How much a hit in what names the note, in a heading and in the text counts. */
const weights = '8.0, 3.0, 1.0';
/** A beginning this short is looked for in names and headings only: nearly every passage holds such a word. */
const shortest = 2;

/**
 * Search as you type: notes that hold every word, the last one as a beginning; best first, one hit a note. Words that
 * stand together in a passage come before those that are spread over a note.
 */
export function searchNotes(db: Db, query: string, limit: number): SearchedNote[] {
  const terms = termsOf(query, { pairs: false }).slice(0, mostWords);
  if (terms.length === 0) return [];
  const together = bestOfEachFile(db, terms, limit);
  const found = new Set(together.map((id) => Math.floor(id / perFile)));
  const spread =
    together.length < limit && terms.length > 1
      ? holdingAll(db, terms).filter((file) => !found.has(file))
      : [];
  const ids = [
    ...together,
    ...spread.slice(0, limit - together.length).map((file) => bestIn(db, file, terms)),
  ];
  const rows = new Map(passagesById(db, ids).map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const row = rows.get(id);
    return row ? [{ ...toPassage(row), snippet: snippetOf(row.text, terms, true) }] : [];
  });
}

/** The match of all words; the last as a beginning. */
function toMatch(terms: readonly Term[]): string {
  const last = terms.length - 1;
  const short = [...(terms[last] as Term).folded].length < shortest && !(terms[last] as Term).unspaced;
  return terms
    .map(({ phrase }, at) => (at < last ? phrase : `${short ? '{title heading} : ' : ''}${phrase}*`))
    .join(' AND ');
}

function bestOfEachFile(db: Db, terms: readonly Term[], limit: number): number[] {
  const best = new Map<number, number>();
  const rows = db.all<{ id: number }>(
    `SELECT rowid AS id FROM words WHERE words MATCH ? AND rank MATCH 'bm25(${weights})' ORDER BY rank LIMIT ?`,
    toMatch(terms),
    limit * 4,
  );
  for (const { id } of rows) {
    const file = Math.floor(id / perFile);
    if (!best.has(file)) best.set(file, id);
  }
  return [...best.values()].slice(0, limit);
}

/** The notes that hold all words somewhere, the rarest word deciding what is looked at. */
function holdingAll(db: Db, terms: readonly Term[]): number[] {
  let files: Set<number> | null = null;
  for (const [at, term] of terms.entries()) {
    const rows = db.all<{ file: number }>(
      `SELECT DISTINCT rowid / ${perFile} AS file FROM words WHERE words MATCH ?`,
      at === terms.length - 1 ? toMatch([term]) : term.phrase,
    );
    const own = rows.map(({ file }) => file);
    files = new Set(files ? own.filter((file) => files?.has(file)) : own);
    if (files.size === 0) return [];
  }
  return [...(files ?? [])];
}

/** The first passage of a note that holds the most words. */
function bestIn(db: Db, file: number, terms: readonly Term[]): number {
  const any = terms.map(({ phrase }, at) => `${phrase}${at === terms.length - 1 ? '*' : ''}`).join(' OR ');
  const row = db.get<{ id: number }>(
    'SELECT rowid AS id FROM words WHERE words MATCH ? AND rowid BETWEEN CAST(? AS INTEGER) AND CAST(? AS INTEGER) ORDER BY rank LIMIT 1',
    any,
    file * perFile,
    (file + 1) * perFile - 1,
  );
  return row?.id ?? passagesOf(db, file, 1)[0]?.id ?? 0;
}
