import type { Claim, Source } from '../../contract/noteSources.ts';

/** Share of a statement's words that must stand in the passages it cites. Numbers must all stand there. */
const enough = 0.6;
/** Between these shares words alone are no sure sign, neither for nor against. */
const unsure = { from: 0.35, to: 0.85 } as const;
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
    const share = shareOf(said, cited, sources);
    const support = share === null ? 'uncited' : share >= enough ? 'supported' : 'unsupported';
    return { start, end, sources: cited, support };
  });
}

/** Whether words alone cannot tell if the passages bear a statement out. One with a number of its own is never borne out. */
export function isUnsure(
  text: string,
  { start, end, sources: cited }: Claim,
  sources: readonly Source[],
): boolean {
  const share = shareOf(text.slice(start, end), cited, sources);
  return share !== null && share >= unsure.from && share < unsure.to;
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

/** The share of a statement's telling words that the passages it cites hold: 0 with a number that they lack, null without any. */
function shareOf(said: string, cited: readonly number[], sources: readonly Source[]): number | null {
  const passages = sources.filter((source) => cited.includes(source.number));
  if (passages.length === 0) return null;
  const there = new Set(
    passages.flatMap(({ text, title, heading }) => wordsOf(`${title} ${heading} ${text}`)),
  );
  const words = wordsOf(said.replace(marks, ' '));
  if (words.some((word) => /\p{N}/u.test(word) && !there.has(word))) return 0;
  const telling = words.filter((word) => word.length > 3 || /\p{N}/u.test(word));
  return telling.length === 0 ? 1 : telling.filter((word) => there.has(word)).length / telling.length;
}

/** Words in one form: small letters without accents, cut to their beginning; numbers and codes stay whole. */
function wordsOf(text: string): string[] {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return (plain.match(/[\p{L}\p{N}]+(?:[.,:-]?\p{N}+)*/gu) ?? []).map((word) =>
    /\p{N}/u.test(word) ? word : word.slice(0, stem),
  );
}
