import { diff3Merge } from 'node-diff3';

/** More lines than these are not compared: the comparison takes time by the square where lines repeat. */
const maxLines = 40_000;
/** Pairs of equal lines that may be looked at. */
const maxPairs = 4_000_000;

/**
 * Brings two changes of the same text together, line by line; null where both touch the same or neighbouring lines,
 * or where the comparison would take too long.
 */
export function mergeTexts(mine: string, base: string, theirs: string): string | null {
  if (mine === theirs || theirs === base) return mine;
  if (mine === base) return theirs;
  const [a, o, b] = [lines(mine), lines(base), lines(theirs)];
  const shortest = Math.min(a.length, o.length, b.length);
  let head = 0;
  while (head < shortest && a[head] === o[head] && o[head] === b[head]) head++;
  let tail = 0;
  while (tail < shortest - head && a.at(-1 - tail) === o.at(-1 - tail) && o.at(-1 - tail) === b.at(-1 - tail))
    tail++;
  const inner = (all: string[]) => all.slice(head, all.length - tail);
  const [innerA, innerO, innerB] = [inner(a), inner(o), inner(b)];
  if (tooMuch(innerA, innerO) || tooMuch(innerB, innerO)) return null;
  const merged: string[] = [];
  for (const region of diff3Merge(innerA, innerO, innerB, { excludeFalseConflicts: true })) {
    if (!region.ok) return null;
    merged.push(...region.ok);
  }
  return [...o.slice(0, head), ...merged, ...o.slice(o.length - tail)].join('');
}

/** Lines with their ends, so that a change of line ends is a change. */
const lines = (text: string) => text.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? [];

function tooMuch(one: readonly string[], other: readonly string[]): boolean {
  if (one.length > maxLines || other.length > maxLines) return true;
  const counts = new Map<string, number>();
  for (const line of one) counts.set(line, (counts.get(line) ?? 0) + 1);
  let pairs = 0;
  for (const line of other) pairs += counts.get(line) ?? 0;
  return pairs > maxPairs;
}
