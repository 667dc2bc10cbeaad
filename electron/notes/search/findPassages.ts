import type { FoundPassage, NoteScope } from '../../contract/noteSources.ts';
import type { Db } from '../index/db.ts';
import { perFile } from '../index/schema.ts';
import { linkedFiles } from './linkedFiles.ts';
import { type PassageRow, passagesById, toPassage } from './passageRows.ts';
import { askedWords, asksForNumber, toAnyMatch } from './question.ts';
import { filesInScope } from './scope.ts';
import { type Question, scoreWords } from './scoreWords.ts';

/** Passages that each ranking looks at closely. */
const candidates = 120;
/** Changed within these ms counts as lately. */
const lately = 7 * 24 * 60 * 60_000;
/** How strongly ranks count: the usual constant of reciprocal rank fusion. */
const flatness = 60;
/** Small pushes, as parts of the score. */
const forLinked = 0.04;
const forRecent = 0.02;

/** Passages by meaning, best first; null where no embedding model is chosen. */
export type RankByMeaning = (
  limit: number,
  scope: ReadonlySet<number> | null,
) => readonly { readonly id: number; readonly similarity: number }[];

interface Candidate {
  readonly row: PassageRow;
  readonly words: number | null;
  readonly meaning: number | null;
  readonly matched: readonly string[];
  /** 0 to 1: of the words where there is no meaning, else of both ranks together. */
  readonly base: number;
}

/** The passages for a question, best first, and why: by words, by meaning, by links among them, by age. */
export function findPassages(
  db: Db,
  input: {
    readonly question: string;
    readonly scope: NoteScope;
    readonly limit: number;
    readonly byMeaning: RankByMeaning | null;
    readonly now: number;
  },
): FoundPassage[] {
  const scope = filesInScope(db, input.scope);
  const asked: Question = { words: askedWords(db, input.question), number: asksForNumber(input.question) };
  const byWords = rankByWords(db, asked, scope);
  const byMeaning = input.byMeaning?.(candidates, scope) ?? null;
  const found = fuse(db, byWords, byMeaning, asked);
  const linked = linkedFiles(
    db,
    found.slice(0, 20).map(({ row }) => row.file),
  );
  const scored = found.map(({ row, words, meaning, matched, base }) => {
    const recent = input.now - row.modified < lately;
    const isLinked = linked.has(row.file);
    const score = base * (1 + (isLinked ? forLinked : 0) + (recent ? forRecent : 0));
    return { row, reason: { words, meaning, matched: [...matched], linked: isLinked, recent, score } };
  });
  scored.sort((a, b) => b.reason.score - a.reason.score);
  return scored.slice(0, input.limit).map(({ row, reason }) => ({ ...toPassage(row), reason }));
}

interface ByWords {
  readonly row: PassageRow;
  readonly score: number;
  readonly matched: readonly string[];
}

function rankByWords(db: Db, asked: Question, scope: ReadonlySet<number> | null): ByWords[] {
  if (asked.words.length === 0 || scope?.size === 0) return [];
  const within = scope ? `AND rowid / ${perFile} IN (SELECT value FROM json_each(?))` : '';
  const rows = db.all<{ id: number; rank: number }>(
    `SELECT rowid AS id, rank FROM words WHERE words MATCH ? AND rank MATCH 'bm25(2.0, 2.0, 1.0)' ${within}
     ORDER BY rank LIMIT ${candidates}`,
    toAnyMatch(asked.words),
    ...(scope ? [JSON.stringify([...scope])] : []),
  );
  const best = Math.abs(rows[0]?.rank ?? 1) || 1;
  const ranks = new Map(rows.map(({ id, rank }) => [id, Math.abs(rank) / best]));
  return passagesById(db, [...ranks.keys()])
    .map((row) => ({ row, ...scoreWords(row, asked, ranks.get(row.id) ?? 0) }))
    .filter(({ matched }) => matched.length > 0)
    .sort((a, b) => b.score - a.score || a.row.id - b.row.id);
}

function fuse(
  db: Db,
  byWords: readonly ByWords[],
  byMeaning: ReturnType<RankByMeaning> | null,
  asked: Question,
): Candidate[] {
  if (!byMeaning)
    return byWords.map(({ row, score, matched }, at) => ({
      row,
      words: at + 1,
      meaning: null,
      matched,
      base: score,
    }));
  const meaning = new Map(byMeaning.map(({ id }, at) => [id, at + 1]));
  const known = new Map(byWords.map(({ row, matched }, at) => [row.id, { row, matched, words: at + 1 }]));
  const others = passagesById(
    db,
    byMeaning.map(({ id }) => id).filter((id) => !known.has(id)),
  );
  const all = [
    ...known.values(),
    ...others.map((row) => ({ row, matched: scoreWords(row, asked, 0).matched, words: null })),
  ];
  return all.map(({ row, matched, words }) => {
    const place = meaning.get(row.id) ?? null;
    const base = ((flatness + 1) / 2) * (part(words) + part(place));
    return { row, words, meaning: place, matched, base };
  });
}

const part = (rank: number | null) => (rank === null ? 0 : 1 / (flatness + rank));
