import type { Surroundings } from '../../contract/notes.ts';
import type { Db } from '../index/db.ts';
import { perFile } from '../index/schema.ts';
import { type Term, termsOf } from '../index/words.ts';
import { type LinkRow, resolveLink } from './resolveLinks.ts';
import { isStopWord } from './stopWords.ts';
import type { Vectors } from './vectors.ts';

type Related = Surroundings['related'][number];
interface Signal {
  score: number;
  readonly why: string[];
  /** The passage that shows it best. */
  passage: number | null;
}

const most = 12;
/** Rare words of a note that are looked for elsewhere, and passages that are looked at for them. */
const rareWords = 12;
const rareHits = 60;
/** A tag or link target of more notes than this relates nothing. */
const common = 60;

/** Notes that have something to do with one, most first, with the reasons in words. */
export function relatedNotes(
  db: Db,
  vectors: Vectors,
  row: { readonly id: number; readonly folder: string; readonly path: string },
): Related[] {
  const signals = new Map<number, Signal>();
  const add = (file: number, score: number, why: string, passage: number | null = null) => {
    if (file === row.id) return;
    const signal = signals.get(file) ?? { score: 0, why: [], passage: null };
    signal.score += score;
    if (!signal.why.includes(why)) signal.why.push(why);
    signal.passage ??= passage;
    signals.set(file, signal);
  };
  byTags(db, row.id, add);
  byLinks(db, row, add);
  byWords(db, row.id, add);
  byMeaning(vectors, row.id, add);
  return [...signals]
    .sort(([, a], [, b]) => b.score - a.score)
    .slice(0, most)
    .flatMap(([file, signal]) => toRelated(db, file, signal));
}

type Add = (file: number, score: number, why: string, passage?: number | null) => void;

function byTags(db: Db, file: number, add: Add): void {
  const shared = db.all<{ file: number; shown: string; n: number }>(
    `SELECT o.file, o.shown, (SELECT COUNT(*) FROM tags c WHERE c.tag = t.tag) AS n
     FROM tags t JOIN tags o ON o.tag = t.tag AND o.file <> t.file
     WHERE t.file = ? AND (SELECT COUNT(*) FROM tags c WHERE c.tag = t.tag) <= ${common} LIMIT 500`,
    file,
  );
  for (const { file: other, shown, n } of shared) add(other, 1 / Math.log2(1 + n), `tag #${shown}`);
}

function byLinks(db: Db, row: { id: number; folder: string; path: string }, add: Add): void {
  const links = db.all<LinkRow>('SELECT * FROM links WHERE file = ? LIMIT 200', row.id);
  const targets = new Map<number, string>();
  for (const link of links) {
    const target = resolveLink(db, row.folder, row.path, link);
    if (target) targets.set(target.id, link.target);
  }
  for (const [target, name] of targets) {
    const others = db.all<LinkRow & { path: string }>(
      `SELECT l.*, f.path FROM links l JOIN files f ON f.id = l.file
       WHERE f.folder = ? AND l.file <> ? AND l.name = (SELECT name FROM files WHERE id = ?) LIMIT ${common + 1}`,
      row.folder,
      row.id,
      target,
    );
    if (others.length > common) continue;
    for (const other of others)
      if (other.file !== target && resolveLink(db, row.folder, other.path, other)?.id === target)
        add(other.file, 1 / Math.log2(2 + others.length), `both link to ${name}`);
  }
}

function byWords(db: Db, file: number, add: Add): void {
  const rare = rarestWords(db, file);
  if (rare.length === 0) return;
  const hits = db.all<{ id: number; rank: number }>(
    `SELECT rowid AS id, rank FROM words WHERE words MATCH ? ORDER BY rank LIMIT ${rareHits}`,
    `text : (${rare.map(({ phrase }) => phrase).join(' OR ')})`,
  );
  const byFile = new Map<number, { words: Set<string>; passage: number }>();
  for (const { id } of hits) {
    const other = Math.floor(id / perFile);
    const held = byFile.get(other) ?? { words: new Set<string>(), passage: id };
    const text = new Set(
      termsOf(db.get<{ text: string }>('SELECT text FROM passages WHERE id = ?', id)?.text ?? '', {
        pairs: true,
      }).map(({ folded }) => folded),
    );
    for (const { folded } of rare) if (text.has(folded)) held.words.add(folded);
    byFile.set(other, held);
  }
  for (const [other, { words, passage }] of byFile)
    if (words.size >= 2)
      add(other, words.size / 3, `same words: ${[...words].slice(0, 4).join(', ')}`, passage);
}

/** Words of a note that few passages hold, though more than one. */
function rarestWords(db: Db, file: number): Term[] {
  const texts = db.all<{ text: string }>(
    'SELECT text FROM passages WHERE file = ? ORDER BY start LIMIT 20',
    file,
  );
  const terms = new Map<string, Term>();
  for (const { text } of texts)
    for (const term of termsOf(text.slice(0, 1500), { pairs: true }))
      if (term.folded.length > 2 && !isStopWord(term.folded) && terms.size < 400)
        terms.set(term.folded, term);
  return [...terms.values()]
    .map((term) => ({
      term,
      holding: db.get<{ doc: number }>('SELECT doc FROM vocabulary WHERE term = ?', term.folded)?.doc ?? 0,
    }))
    .filter(({ holding }) => holding > 1 && holding <= common)
    .sort((a, b) => a.holding - b.holding)
    .slice(0, rareWords)
    .map(({ term }) => term);
}

function byMeaning(vectors: Vectors, file: number, add: Add): void {
  for (const { id, similarity } of vectors.nearFile(file, 40)) {
    const other = Math.floor(id / perFile);
    if (similarity > 0.5) add(other, similarity, 'similar in meaning', id);
  }
}

function toRelated(db: Db, file: number, { why, passage }: Signal): Related[] {
  const row = db.get<{ folder: string; path: string; title: string }>(
    'SELECT folder, path, title FROM files WHERE id = ?',
    file,
  );
  if (!row) return [];
  const text =
    db.get<{ text: string }>(
      'SELECT text FROM passages WHERE file = ? ORDER BY id = ? DESC, start LIMIT 1',
      file,
      passage ?? 0,
    )?.text ?? '';
  const reason = why.slice(0, 3).join('; ');
  return [
    {
      folderId: row.folder,
      path: row.path,
      title: row.title,
      why: reason.charAt(0).toUpperCase() + reason.slice(1),
      text: text.slice(0, 240).toWellFormed(),
    },
  ];
}
