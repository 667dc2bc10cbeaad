import type { Db } from '../index/db.ts';
import { type Term, termsOf } from '../index/words.ts';
import { stemOf } from './stem.ts';
import { isStopWord } from './stopWords.ts';

/** A word of a question that counts; `weight` is the higher the fewer passages hold it. */
export interface Asked extends Term {
  readonly stem: string;
  readonly weight: number;
}

/** More words are not looked for: a long question is told by its rarest ones. */
const mostWords = 24;

/** The words of a question that say what is asked, the rarest first. */
export function askedWords(db: Db, question: string): Asked[] {
  const terms = termsOf(question.slice(0, 4000), { pairs: true });
  const telling = terms.filter(
    ({ folded }) => !isStopWord(folded) && (folded.length > 1 || /\p{N}/u.test(folded)),
  );
  const all = db.get<{ n: number }>('SELECT COUNT(*) AS n FROM passages')?.n ?? 0;
  const seen = new Map<string, Asked>();
  for (const term of telling.length > 0 ? telling : terms) {
    const stem = term.unspaced ? term.folded : stemOf(term.folded);
    if (seen.has(stem)) continue;
    const holding =
      db.get<{ doc: number }>('SELECT doc FROM vocabulary WHERE term = ?', term.folded)?.doc ?? 0;
    seen.set(stem, { ...term, stem, weight: Math.log(1 + (all - holding + 0.5) / (holding + 0.5)) });
  }
  return [...seen.values()].sort((a, b) => b.weight - a.weight).slice(0, mostWords);
}

/** The query that finds passages with any of the words. */
export function toAnyMatch(asked: readonly Asked[]): string {
  return asked
    .map(({ phrase, folded, stem }) =>
      // A stem is looked for as a beginning: it finds the other forms too.
      stem === folded ? phrase : `"${stem}"*`,
    )
    .join(' OR ');
}
