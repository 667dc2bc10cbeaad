import type { Claim, Source } from '../../contract/notes.ts';

/** Share of a statement's words that must stand in the passages it cites. Numbers must all stand there. */
const enough = 0.6;
/** Endings of words differ (`repairs`, `repaired`): so many first letters count. */
const stem = 5;

const marks = /\[(\d+)\]/g;
const sentences = new Intl.Segmenter(undefined, { granularity: 'sentence' });

/**
 * Checks each sentence of an answer against the passages it cites, by the words and numbers they share. It finds what
 * was made up; it cannot find a wrong conclusion from the right words.
 */
export function checkClaims(text: string, sources: readonly Source[]): Claim[] {
  return statements(text).map(({ start, end }) => {
    const said = text.slice(start, end);
    const cited = [...new Set([...said.matchAll(marks)].map((match) => Number(match[1])))];
    const passages = sources.filter((source) => cited.includes(source.number));
    const support =
      passages.length === 0
        ? 'uncited'
        : bearsOut(passages, said.replace(marks, ' '))
          ? 'supported'
          : 'unsupported';
    return { start, end, sources: cited, support };
  });
}

/** Sentences with at least one word, without the space around them; a citation behind the full stop belongs to it. */
function statements(text: string): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  for (const { index, segment } of sentences.segment(text)) {
    const trimmed = segment.trim();
    const start = index + segment.indexOf(trimmed);
    const leading = /^(\s*\[\d+\])+/.exec(trimmed)?.[0].length ?? 0;
    const last = found.at(-1);
    if (leading > 0 && last) last.end = start + leading;
    const own = start + leading;
    const rest = text.slice(own, start + trimmed.length);
    if (/\p{L}|\p{N}/u.test(rest))
      found.push({ start: own + (rest.length - rest.trimStart().length), end: own + rest.length });
  }
  return found;
}

function bearsOut(passages: readonly Source[], statement: string): boolean {
  const there = new Set(
    passages.flatMap(({ text, title, heading }) => wordsOf(`${title} ${heading} ${text}`)),
  );
  const words = wordsOf(statement);
  if (words.some((word) => /\p{N}/u.test(word) && !there.has(word))) return false;
  const telling = words.filter((word) => word.length > 3 || /\p{N}/u.test(word));
  if (telling.length === 0) return true;
  return telling.filter((word) => there.has(word)).length / telling.length >= enough;
}

/** Words in one form: small letters without accents, cut to their beginning; numbers and codes stay whole. */
function wordsOf(text: string): string[] {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return (plain.match(/[\p{L}\p{N}]+(?:[.,:-]?\p{N}+)*/gu) ?? []).map((word) =>
    /\p{N}/u.test(word) ? word : word.slice(0, stem),
  );
}
