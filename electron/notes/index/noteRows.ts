import { sha256 } from '../files/readNote.ts';
import type { NoteFacts } from '../markdown/analyze.ts';
import type { Db } from './db.ts';
import type { FileRow, Stamp } from './fileRows.ts';
import { restamp } from './fileRows.ts';
import { dirOf, fileTitle, lastName, toName } from './names.ts';
import { perFile } from './schema.ts';
import { toIndexText } from './words.ts';

/** A note that was read. */
export interface ReadNote {
  readonly hash: string;
  readonly text: string;
  readonly facts: NoteFacts;
  readonly stamp: Stamp;
}

interface OldPassage {
  readonly id: number;
  readonly hash: string;
}

/** Writes what a note holds into the index; passages that stayed the same keep their rows, words and vectors. */
export function putNote(db: Db, row: FileRow, note: ReadNote): void {
  const { facts, hash, stamp } = note;
  const title = facts.title ?? fileTitle(row.path);
  const naming = namingOf(row.path, title, facts.aliases, facts.tags);
  db.transaction(() => {
    const before = db.get<{ naming: string }>('SELECT naming FROM files WHERE id = ?', row.id)?.naming;
    putPassages(db, row.id, note, naming, before === naming);
    db.run('DELETE FROM links WHERE file = ?', row.id);
    for (const { kind, target, line, start, end, targetStart } of facts.links)
      db.run(
        'INSERT INTO links (file, kind, target, name, line, start, end, target_start) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
        row.id,
        kind,
        target,
        lastName(kind === 'markdown' ? unescapePath(target) : target),
        line,
        start,
        end,
        targetStart,
      );
    putNames(db, row.id, facts);
    restamp(db, row.id, stamp);
    db.run(
      'UPDATE files SET hash = ?, title = ?, naming = ?, skipped = NULL WHERE id = ?',
      hash,
      title,
      naming,
      row.id,
    );
  });
}

/** Notes that a file cannot be indexed, and why; what was known of its content goes. */
export function putSkipped(db: Db, row: FileRow, reason: string, stamp: Stamp): void {
  db.transaction(() => {
    empty(db, row.id);
    restamp(db, row.id, stamp);
    db.run(
      'UPDATE files SET hash = NULL, title = ?, naming = ?, skipped = ? WHERE id = ?',
      fileTitle(row.path),
      '',
      reason,
      row.id,
    );
  });
}

/** Takes a file out of the index. */
export function removeFile(db: Db, id: number): void {
  db.transaction(() => {
    empty(db, id);
    db.run('DELETE FROM files WHERE id = ?', id);
  });
}

/** Lets the row of a file follow it to a new path; nothing of it is read again. */
export function moveFile(db: Db, row: FileRow, path: string, stamp: Stamp): void {
  db.transaction(() => {
    const titled = row.title !== fileTitle(row.path) || row.hash === null;
    const title = titled && row.hash !== null ? row.title : fileTitle(path);
    const naming = namingOf(path, title, shownOf(db, 'aliases', row.id), shownOf(db, 'tags', row.id));
    db.run(
      'UPDATE files SET path = ?, dir = ?, name = ?, title = ?, naming = ? WHERE id = ?',
      path,
      dirOf(path),
      lastName(path),
      title,
      row.hash === null ? '' : naming,
      row.id,
    );
    restamp(db, row.id, stamp);
    // The words that name a note stand beside each passage.
    const passages = db.all<{ id: number; heading: string; text: string }>(
      'SELECT id, heading, text FROM passages WHERE file = ?',
      row.id,
    );
    db.run('DELETE FROM words WHERE rowid IN (SELECT id FROM passages WHERE file = ?)', row.id);
    for (const passage of passages) putWords(db, passage.id, naming, passage.heading, passage.text);
  });
}

/** The hash of a passage covers what is embedded of it: its headings and its text. */
export const embeddedText = (heading: string, text: string) =>
  heading === '' ? text : `${heading}\n${text}`;

function putPassages(
  db: Db,
  file: number,
  { text, facts }: ReadNote,
  naming: string,
  sameNaming: boolean,
): void {
  const old = db.all<OldPassage>('SELECT id, hash FROM passages WHERE file = ? ORDER BY id', file);
  const free = new Map<string, number[]>();
  // Numbers go up with each new passage; where they would run into those of the next file, all begin anew.
  const numbersLeft = (old.at(-1)?.id ?? 0) + facts.passages.length < (file + 1) * perFile - 1;
  if (sameNaming && numbersLeft)
    for (const { id, hash } of old.toReversed()) {
      const ids = free.get(hash);
      if (ids) ids.push(id);
      else free.set(hash, [id]);
    }
  const kept = new Set<number>();
  // A note without any text is found by its name.
  const spans = facts.passages.length > 0 ? facts.passages : [{ start: 0, end: 0, line: 1, heading: '' }];
  const placed = spans.map((span) => {
    const own = text.slice(span.start, span.end);
    const hash = sha256(embeddedText(span.heading, own)).slice(0, 32);
    const id = free.get(hash)?.pop();
    if (id !== undefined) kept.add(id);
    return { ...span, own, hash, id };
  });
  for (const { id } of old) {
    if (kept.has(id)) continue;
    db.run('DELETE FROM words WHERE rowid = ?', id);
    db.run('DELETE FROM passages WHERE id = ?', id);
  }
  let next = file * perFile;
  for (const id of kept) next = Math.max(next, id);
  for (const { start, end, line, heading, own, hash, id } of placed) {
    if (id !== undefined) {
      db.run('UPDATE passages SET start = ?, end = ?, line = ? WHERE id = ?', start, end, line, id);
      continue;
    }
    next++;
    db.run(
      'INSERT INTO passages (id, file, hash, heading, start, end, line, text) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      next,
      file,
      hash,
      heading,
      start,
      end,
      line,
      own,
    );
    putWords(db, next, naming, heading, own);
  }
}

function putWords(db: Db, id: number, naming: string, heading: string, text: string): void {
  db.run(
    'INSERT INTO words (rowid, title, heading, text) VALUES (?, ?, ?, ?)',
    id,
    naming,
    toIndexText(heading),
    toIndexText(text),
  );
}

function putNames(db: Db, file: number, { tags, aliases }: NoteFacts): void {
  db.run('DELETE FROM tags WHERE file = ?', file);
  db.run('DELETE FROM aliases WHERE file = ?', file);
  for (const tag of tags)
    db.run('INSERT OR IGNORE INTO tags (file, tag, shown) VALUES (?, ?, ?)', file, toName(tag), tag);
  for (const alias of aliases)
    db.run('INSERT OR IGNORE INTO aliases (file, name, shown) VALUES (?, ?, ?)', file, toName(alias), alias);
}

function empty(db: Db, id: number): void {
  db.run('DELETE FROM words WHERE rowid IN (SELECT id FROM passages WHERE file = ?)', id);
  for (const table of ['passages', 'links', 'tags', 'aliases'])
    db.run(`DELETE FROM ${table} WHERE file = ?`, id);
}

const shownOf = (db: Db, table: 'aliases' | 'tags', file: number) =>
  db.all<{ shown: string }>(`SELECT shown FROM ${table} WHERE file = ?`, file).map(({ shown }) => shown);

function namingOf(path: string, title: string, aliases: readonly string[], tags: readonly string[]): string {
  return toIndexText(
    [title, path.replace(/\.(md|markdown)$/i, ''), ...aliases, ...tags.slice(0, 50)].join('\n'),
  );
}

/** A path as a Markdown link writes it, without its escapes. */
export function unescapePath(target: string): string {
  try {
    return decodeURIComponent(target);
  } catch {
    return target;
  }
}
