/** Bytes from `start` up to, but without, `end`. */
export type Range = readonly [start: number, end: number];
/** Ranges in order that neither touch nor overlap. */
export type Ranges = readonly Range[];

/** Adds one range. */
export function addRange(ranges: Ranges, [start, end]: Range): Ranges {
  if (end <= start) return ranges;
  const before = ranges.filter((range) => range[1] < start);
  const after = ranges.filter((range) => range[0] > end);
  const touching = ranges.slice(before.length, ranges.length - after.length);
  const from = Math.min(start, touching[0]?.[0] ?? start);
  const to = Math.max(end, touching.at(-1)?.[1] ?? end);
  return [...before, [from, to], ...after];
}

/** How many bytes the ranges hold. */
export function lengthOf(ranges: Ranges): number {
  return ranges.reduce((sum, [start, end]) => sum + end - start, 0);
}

/** Up to where everything from the first byte on is there. */
export function prefixOf(ranges: Ranges): number {
  const [first] = ranges;
  return first && first[0] === 0 ? first[1] : 0;
}

/** The first stretch that is missing of `size` bytes, at most `longest` long; null if nothing is. */
export function firstGap(ranges: Ranges, size: number, longest: number): Range | null {
  const start = prefixOf(ranges);
  if (start >= size) return null;
  const next = ranges.find(([from]) => from > start)?.[0] ?? size;
  return [start, Math.min(next, size, start + longest)];
}
