/** Reading of JSON that anybody may have written: each function gives what is asked for, or nothing. */
export type Json = Readonly<Record<string, unknown>>;

/** An object; null for everything else. */
export const objectOf = (value: unknown): Json | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : null;

/** The elements of a list; none for everything else. */
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** A text; empty for everything else. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** A text with something in it; null for everything else. */
export const nameOf = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : null;

/** A time in ms, from seconds, milliseconds, microseconds or nanoseconds; null for what cannot be one. */
export function timeOf(value: unknown): number | null {
  if (typeof value !== 'number' || !Number.isFinite(value) || value <= 0) return null;
  const scale = [1000, 1, 1e-3, 1e-6].find((each) => value * each < 1e13);
  return scale === undefined ? null : value * scale;
}
