import type { Ledger } from '../../../electron/contract/ledger.ts';

const mostChoices = 3;
const largest = 131_072;
/** Room for some turns to come, as a share of what there is now. */
const headroom = 1.25;

/** Windows that hold more than now, doubling, the first of them large enough for the whole chat; `most` is what the model was made for. */
export function largerWindows(
  { entries, contextSize, room }: Pick<Ledger, 'entries' | 'contextSize' | 'room'>,
  most: number | null,
): number[] {
  const end = most ?? largest;
  const whole = entries
    .filter(({ reason }) => reason === null || reason === 'full' || reason === 'no_room')
    .reduce((sum, { tokens }) => sum + tokens, room);
  const sizes: number[] = [];
  for (let size = 512; size < end; size *= 2) if (size > contextSize) sizes.push(size);
  if (end > contextSize) sizes.push(end);
  const enough = sizes.findIndex((size) => size >= whole * headroom);
  return sizes.slice(enough < 0 ? -mostChoices : enough).slice(0, mostChoices);
}
