import type { NoteRef } from '../../contract/noteRef.ts';
import type { Surroundings } from '../../contract/notes.ts';
import type { Db } from '../index/db.ts';
import { fileAt } from '../index/fileRows.ts';
import { fileTitle, lastName } from '../index/names.ts';
import { fold, termsOf } from '../index/words.ts';
import { type PassageRow, passagesById } from './passageRows.ts';
import { relatedNotes } from './related.ts';
import { type LinkRow, resolveLink } from './resolveLinks.ts';
import type { Vectors } from './vectors.ts';

type Mention = Surroundings['backlinks'][number];
interface Around {
  readonly id: number;
  readonly folder: string;
  readonly path: string;
  readonly title: string;
}

/** Most lines of each kind. */
const mostLines = 200;
const mostLinks = 500;

/** What stands around a note; empty for one that is not indexed (yet). */
export function around(db: Db, vectors: Vectors, note: NoteRef): Surroundings {
  const row = fileAt(db, note);
  if (!row) return { backlinks: [], mentions: [], related: [], links: [], tags: [] };
  const backlinks = findBacklinks(db, row);
  return {
    backlinks: backlinks.map(({ mention }) => mention),
    mentions: findMentions(db, row, new Set(backlinks.map(({ file }) => file))),
    related: relatedNotes(db, vectors, row),
    links: linksOf(db, row),
    tags: db
      .all<{ shown: string }>('SELECT shown FROM tags WHERE file = ? ORDER BY shown', row.id)
      .map(({ shown }) => shown),
  };
}

/** Links of other notes that lead to one, with the file and the link they come from. */
export function linksTo(db: Db, row: Around): (LinkRow & { path: string; title: string })[] {
  const names = db
    .all<{ name: string }>('SELECT name FROM aliases WHERE file = ?', row.id)
    .map(({ name }) => name);
  return db
    .all<LinkRow & { path: string; title: string }>(
      `SELECT l.*, f.path, f.title FROM links l JOIN files f ON f.id = l.file
       WHERE f.folder = ? AND l.name IN (SELECT value FROM json_each(?)) AND l.file <> ? ORDER BY f.path, l.start LIMIT 5000`,
      row.folder,
      JSON.stringify([lastName(row.path), ...names.map(lastName)]),
      row.id,
    )
    .filter((link) => resolveLink(db, row.folder, link.path, link)?.id === row.id);
}

function findBacklinks(db: Db, row: Around): { file: number; mention: Mention }[] {
  return linksTo(db, row)
    .slice(0, mostLines)
    .map(({ file, path, title, line, start, end }) => ({
      file,
      mention: {
        folderId: row.folder,
        path,
        title,
        line,
        start,
        end,
        text: lineAround(db, file, start, end),
      },
    }));
}

/** Lines that name a note without a link; notes that link to it anyway are left out. */
function findMentions(db: Db, row: Around, linking: ReadonlySet<number>): Mention[] {
  const aliases = db.all<{ shown: string }>('SELECT shown FROM aliases WHERE file = ?', row.id);
  const names = [
    ...new Set(
      [row.title, fileTitle(row.path), ...aliases.map(({ shown }) => shown)].map((name) => name.trim()),
    ),
  ];
  const found = new Map<string, Mention>();
  for (const name of names) {
    const terms = termsOf(name, { pairs: false });
    // A short word names too much.
    if (terms.length === 0 || fold(name).length < 3) continue;
    const ids = db
      .all<{ id: number }>(
        `SELECT rowid AS id FROM words WHERE words MATCH ? LIMIT ${mostLines}`,
        `text : ${terms.map(({ phrase }) => phrase).join(' + ')}`,
      )
      .map(({ id }) => id);
    for (const passage of passagesById(db, ids)) {
      if (passage.file === row.id || passage.folder !== row.folder || linking.has(passage.file)) continue;
      const mention = mentionIn(db, passage, name);
      if (mention) found.set(`${passage.file}:${mention.start}`, mention);
    }
  }
  return [...found.values()]
    .sort((a, b) => a.path.localeCompare(b.path) || a.start - b.start)
    .slice(0, mostLines);
}

function mentionIn(db: Db, passage: PassageRow, name: string): Mention | null {
  const at = findWords(passage.text, name);
  if (!at) return null;
  const start = passage.start + at.start;
  const end = passage.start + at.end;
  const inLink = db.get(
    'SELECT 1 FROM links WHERE file = ? AND start < ? AND end > ?',
    passage.file,
    end,
    start,
  );
  if (inLink) return null;
  const line = passage.line + passage.text.slice(0, at.start).split(/\r\n|\r|\n/).length - 1;
  const { folder, path, title } = passage;
  return { folderId: folder, path, title, line, start, end, text: lineOf(passage.text, at.start) };
}

/** Where a name stands as whole words, however its letters are written. */
function findWords(text: string, name: string): { start: number; end: number } | null {
  const words = name.match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
  const escaped = words.map((word) => word.normalize('NFC'));
  const pattern = new RegExp(
    `(?<![\\p{L}\\p{N}])${escaped.join('[^\\p{L}\\p{N}\\n]{1,3}')}(?![\\p{L}\\p{N}])`,
    'iu',
  );
  const match = pattern.exec(text.normalize('NFC').length === text.length ? text.normalize('NFC') : text);
  return match ? { start: match.index, end: match.index + match[0].length } : null;
}

function linksOf(db: Db, row: Around): Surroundings['links'] {
  const links = db.all<LinkRow>(
    'SELECT * FROM links WHERE file = ? ORDER BY start LIMIT ?',
    row.id,
    mostLinks,
  );
  const seen = new Map<string, Surroundings['links'][number]>();
  for (const link of links) {
    const target = resolveLink(db, row.folder, row.path, link);
    if (link.kind === 'markdown' && !target) continue;
    const key = target ? target.path : link.target;
    if (key !== '' && !seen.has(key))
      seen.set(key, {
        text: link.target,
        target: target ? { folderId: row.folder, path: target.path } : null,
      });
  }
  return [...seen.values()];
}

/** The line that a link stands in, from the passage around it; the link alone where no passage holds it (a heading). */
function lineAround(db: Db, file: number, start: number, end: number): string {
  const row = db.get<{ start: number; text: string }>(
    'SELECT start, text FROM passages WHERE file = ? AND start <= ? AND end >= ? LIMIT 1',
    file,
    start,
    end,
  );
  return row ? lineOf(row.text, start - row.start) : '';
}

function lineOf(text: string, at: number): string {
  const from = Math.max(text.lastIndexOf('\n', at - 1), text.lastIndexOf('\r', at - 1)) + 1;
  const rest = text.slice(from).search(/[\r\n]/);
  const line = text.slice(from, rest === -1 ? undefined : from + rest).trim();
  return line.length > 300 ? `${line.slice(0, 300).toWellFormed()}…` : line;
}
