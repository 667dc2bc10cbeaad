import type { ScoredToken } from '../../../electron/contract/confidence.ts';

/** Something else that the model would have said in place of a word. */
export interface OtherWord {
  /** As it would stand there; empty for the end of the answer. */
  readonly label: string;
  readonly probability: number;
  /** The answer up to there, with it; null where the answer would end. */
  readonly begin: string | null;
}

/** A word of an answer, made of the tokens that the model wrote it with. */
export interface ScoredWord {
  /** White space before it. */
  readonly space: string;
  readonly text: string;
  /** That of its least likely token: a word is as sure as its least sure part, whatever its length. */
  readonly probability: number;
  /** For that token, likeliest first. */
  readonly others: readonly OtherWord[];
}

/** Scripts that put no space between words: each token stands for itself. */
const unspaced = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/** Joins tokens to words; nothing of the text is lost. */
export function toWords(tokens: readonly ScoredToken[]): readonly ScoredWord[] {
  const groups: ScoredToken[][] = [];
  let ended = true;
  for (const token of tokens) {
    const last = groups.at(-1);
    const begins = ended || /^\s/.test(token.text) || unspaced.test(token.text);
    // White space by itself goes with the word after it.
    if (!last || (begins && textOf(last).trim() !== '')) groups.push([token]);
    else last.push(token);
    ended = /\s$/.test(token.text);
  }
  const words: ScoredWord[] = [];
  let before = '';
  for (const group of groups) {
    words.push(toWord(group, before));
    before += textOf(group);
  }
  return words;
}

function toWord(group: readonly ScoredToken[], before: string): ScoredWord {
  const text = textOf(group);
  const least = group.reduce((low, token) => (token.probability < low.probability ? token : low));
  const start = textOf(group.slice(0, group.indexOf(least)));
  return {
    space: text.slice(0, text.length - text.trimStart().length),
    text: text.trimStart(),
    probability: least.probability,
    others: least.others.map(({ text: other, probability }) => ({
      label: other === '' ? '' : (start + other).trim() || visible(start + other),
      probability,
      begin: other === '' ? null : before + start + other,
    })),
  };
}

const textOf = (tokens: readonly ScoredToken[]): string => tokens.map(({ text }) => text).join('');

/** White space as signs that can be seen. */
const visible = (space: string): string =>
  space.replaceAll('\n', '⏎').replaceAll('\t', '⇥').replaceAll(' ', '␣');

/** How sure a word is, in steps that the eye tells apart. */
export type Sureness = 'sure' | 'likely' | 'open' | 'unlikely';
export const surenessSteps: readonly {
  readonly step: Sureness;
  readonly from: number;
  readonly label: string;
}[] = [
  { step: 'sure', from: 0.8, label: '80% and more' },
  { step: 'likely', from: 0.5, label: '50 to 80%' },
  { step: 'open', from: 0.2, label: '20 to 50%' },
  { step: 'unlikely', from: 0, label: 'under 20%' },
];

export const surenessOf = (probability: number): Sureness =>
  surenessSteps.find(({ from }) => probability >= from)?.step ?? 'unlikely';

/** 0.4234 -> "42%"; small shares are not rounded away. */
export function percent(probability: number): string {
  if (probability >= 0.995) return '100%';
  if (probability >= 0.0095) return `${Math.round(probability * 100)}%`;
  return probability >= 0.0005 ? `${(probability * 100).toFixed(1)}%` : 'under 0.1%';
}
