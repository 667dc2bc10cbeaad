/** A full window is cut to this share of its room, so that many turns pass before the next cut. */
const cutTo = 0.6;
/** A cut that leaves less than this share is not kept: something else made room meanwhile. */
const tooLittle = 0.3;

/**
 * From which turn on a conversation is kept in a room of so many tokens. `before` is where the last cut was made in a
 * window of this size: it stays for as long as what is kept fits, so that the model's cache keeps its beginning.
 */
export function cutWindow(tokens: readonly number[], room: number, before: number | null): number {
  const kept: number[] = [0];
  for (const count of tokens.toReversed()) kept.unshift((kept[0] ?? 0) + count);
  const from = (index: number) => kept[index] ?? 0;
  if (before !== null && from(before) <= room && from(before) > tooLittle * room) return before;
  if (from(0) <= room) return 0;
  return kept.findIndex((count) => count <= cutTo * room);
}
