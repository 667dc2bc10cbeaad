import { fold, type Term } from '../index/words.ts';

const word = /[\p{L}\p{N}\p{M}\p{Co}]+/gu;
/** Characters of a snippet, and before its first match: few, as two narrow lines are all that a list may show. */
const longest = 220;
const before = 24;
const begin = '\u0002';
const finish = '\u0003';

/** A stretch of a text that a word of a query was found in. */
interface Match {
  readonly start: number;
  readonly end: number;
}

/** Where the words of a query stand in a text; the last one may be a beginning. */
export function findMatches(text: string, terms: readonly Term[], prefix: boolean): Match[] {
  const matches: Match[] = [];
  const last = terms.at(-1);
  for (const { 0: found, index } of text.matchAll(word)) {
    const folded = fold(found);
    for (const term of terms) {
      if (term.unspaced) {
        const at = folded.indexOf(term.folded);
        // Folding may change lengths; then the whole run is marked.
        if (at >= 0)
          matches.push(
            folded.length === found.length
              ? { start: index + at, end: index + at + term.folded.length }
              : { start: index, end: index + found.length },
          );
      } else if (folded === term.folded || (prefix && term === last && folded.startsWith(term.folded))) {
        matches.push({ start: index, end: index + found.length });
      } else continue;
      break;
    }
  }
  return matches;
}

/** The text around the first matches on one line, each between U+0002 and U+0003. */
export function snippetOf(text: string, terms: readonly Term[], prefix: boolean): string {
  const matches = findMatches(text, terms, prefix);
  const first = matches[0]?.start ?? 0;
  let from = first <= before ? 0 : first - before;
  if (from > 0) {
    const space = text.slice(from, first).search(/\s/);
    from += space >= 0 ? space + 1 : 0;
  }
  const to = Math.min(text.length, from + longest);
  let marked = from > 0 ? '…' : '';
  let at = from;
  for (const { start, end } of matches) {
    if (start < at || end > to) continue;
    marked += `${clean(text.slice(at, start))}${begin}${clean(text.slice(start, end))}${finish}`;
    at = end;
  }
  return `${marked}${clean(text.slice(at, to))}${to < text.length ? '…' : ''}`.toWellFormed().trim();
}

// The marks themselves, should a note hold them, and line ends.
const clean = (text: string) => text.replaceAll(begin, '').replaceAll(finish, '').replace(/\s+/g, ' ');
