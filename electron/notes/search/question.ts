import type { Db } from '../index/db.ts';
import { fold, type Term, termsOf } from '../index/words.ts';
import { stemOf } from './stem.ts';
import { isStopWord } from './stopWords.ts';

/** A word of a question that counts; `weight` is the higher the fewer passages hold it. */
export interface Asked extends Term {
  readonly stem: string;
  readonly weight: number;
}

/** Words that nearly every passage holds, as a part of the rarest one's weight, are not looked for by themselves. */
const tooCommon = 0.2;
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
  const rarest = asked[0]?.weight ?? 0;
  return asked
    .filter(({ weight }, at) => at < 2 || weight > rarest * tooCommon)
    .map(({ phrase, folded, stem }) =>
      // A stem is looked for as a beginning: it finds the other forms too.
      stem === folded ? phrase : `"${stem}"*`,
    )
    .join(' OR ');
}

// How questions for a number, a sum or a time begin, in several languages.
const forNumber =
  /\b(how (much|many|long|often|old|far|high|big|expensive)|when|what (date|day|time|number|price|year)|which (day|date|number|year)|pay|paid|cost|price|wann|wie ?viele?|wie (lange|oft|alt|teuer|weit|hoch)|combien|quand|cuant[oa]s?|cuando|quant[oaie]|quando|hoeveel|wanneer|hur (mycket|manga)|nar)\b/;

/** True for a question that is answered by a number, a sum or a time. */
export const asksForNumber = (question: string) => forNumber.test(fold(question.slice(0, 500)));
