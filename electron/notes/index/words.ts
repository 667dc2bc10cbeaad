/** Writing without spaces between words: it is indexed and asked for as overlapping pairs of characters. */
const unspaced =
  /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}ー]+/gu;
const anyUnspaced = new RegExp(unspaced.source, 'u');
const word = /[\p{L}\p{N}\p{M}\p{Co}]+/gu;

/** One word of a query. */
export interface Term {
  /** As FTS5 finds it: a phrase in quotation marks, in which nothing is an operator. */
  readonly phrase: string;
  /** Small letters without accents, to be compared with {@link fold}ed text. */
  readonly folded: string;
  readonly unspaced: boolean;
}

/** Text as the full-text index takes it: composed, and what is written without spaces cut into pairs. */
export function toIndexText(text: string): string {
  const composed = text.normalize('NFKC');
  if (!anyUnspaced.test(composed)) return composed;
  // The last character alone too: a query of one character finds it as the beginning of something.
  return composed.replace(unspaced, (run) => ` ${[...pairsOf(run), lastOf(run)].join(' ')} `);
}

/** The words of a query in their order; runs without spaces are one term each, or one for each pair (`pairs`). */
export function termsOf(query: string, options: { readonly pairs: boolean }): Term[] {
  const terms: Term[] = [];
  const add = (text: string, pieces: readonly string[], isUnspaced: boolean) =>
    terms.push({ phrase: `"${pieces.join(' ')}"`, folded: fold(text), unspaced: isUnspaced });
  for (const [whole] of query.normalize('NFKC').matchAll(word)) {
    let from = 0;
    for (const { 0: run, index } of whole.matchAll(unspaced)) {
      if (index > from) add(whole.slice(from, index), [whole.slice(from, index)], false);
      const pairs = pairsOf(run);
      if (pairs.length === 0) add(run, [run], true);
      else if (options.pairs) for (const pair of pairs) add(pair, [pair], true);
      else add(run, pairs, true);
      from = index + run.length;
    }
    if (from < whole.length) add(whole.slice(from), [whole.slice(from)], false);
  }
  return terms;
}

/** Small letters without accents. */
export function fold(text: string): string {
  if (/^[\x20-\x7e\n]*$/.test(text)) return text.toLowerCase();
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .normalize('NFC')
    .toLowerCase();
}

function pairsOf(run: string): string[] {
  const characters = [...run];
  return characters.slice(1).map((character, at) => `${characters[at]}${character}`);
}

const lastOf = (run: string) => [...run].at(-1) as string;
