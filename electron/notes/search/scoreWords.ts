import { fold } from '../index/words.ts';
import { sentencesOf } from '../markdown/sentences.ts';
import type { PassageRow } from './passageRows.ts';
import type { Asked } from './question.ts';
import { stemOf } from './stem.ts';

const word = /[\p{L}\p{N}\p{M}\p{Co}]+/gu;

/** A question, taken apart. */
export interface Question {
  readonly words: readonly Asked[];
  /** It is answered by a number, a sum or a time. */
  readonly number: boolean;
}

/** How much more a sentence with a number counts where one is asked for. */
const forNumber = 1.15;

/** How well a passage fits the words of a question. */
export interface WordScore {
  readonly score: number;
  /** Words of the question that it, its headings or its name hold. */
  readonly matched: readonly string[];
}

/**
 * Scores a passage by the words it holds, the rare ones most, and by how many of them stand in one sentence: a fact is
 * told in one; one with a number where the question is for one (`number`). What names the note and its headings counts for every sentence, at a part. `bm25` is the full-text rank
 * relative to the best one, 0 to 1.
 */
export function scoreWords(row: PassageRow, { words: asked, number }: Question, bm25: number): WordScore {
  const total = asked.reduce((sum, { weight }) => sum + weight, 0) || 1;
  const around = stemsOf(`${row.naming}\n${row.heading}`);
  const isAround = asked.map((each) => holds(around, each));
  const inText = new Set<Asked>();
  let best = 0;
  for (const line of linesAndSentences(row.text)) {
    const here = stemsOf(line);
    let sum = 0;
    for (const [at, each] of asked.entries()) {
      if (holds(here, each)) {
        inText.add(each);
        sum += each.weight;
      } else if (isAround[at]) sum += each.weight * 0.7;
    }
    best = Math.max(best, number && /\p{N}/u.test(line) ? sum * forNumber : sum);
  }
  const covered = asked.filter((each, at) => inText.has(each) || isAround[at]);
  const coverage = covered.reduce((sum, { weight }) => sum + weight, 0) / total;
  const score = 0.25 * bm25 + 0.25 * coverage + 0.5 * (best / total);
  return { score, matched: covered.map(({ folded }) => folded) };
}

interface Stems {
  readonly words: ReadonlySet<string>;
  /** For what is written without spaces. */
  readonly whole: string;
}

function stemsOf(text: string): Stems {
  const whole = fold(text);
  const words = new Set<string>();
  for (const [each] of whole.matchAll(word)) words.add(stemOf(each));
  return { words, whole };
}

const holds = ({ words, whole }: Stems, { unspaced, stem, folded }: Asked) =>
  unspaced ? whole.includes(folded) : words.has(stem);

function* linesAndSentences(text: string): Generator<string> {
  for (const line of text.split('\n'))
    for (const { start, end } of sentencesOf(line, 0, line.length)) yield line.slice(start, end);
}
