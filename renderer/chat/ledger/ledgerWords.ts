import type { Ledger, LedgerEntry, OutReason } from '../../../electron/contract/ledger.ts';
import { formatCount, plural } from '../../ui/format.ts';

/** Why a part is not seen, in a few words. */
export const outWords: Readonly<Record<OutReason, string>> = {
  full: 'The window is full',
  no_room: 'No room, though it was to be kept',
  by_hand: 'Left out by you',
  summarized: 'Summed up',
  alone: 'This model reads the passages alone',
};

/** Places of turns -> "turn 3", "turns 3 to 7", "turns 1, 3 to 5 and 9". */
export function turnWords(numbers: readonly number[]): string {
  const runs: [first: number, last: number][] = [];
  for (const number of numbers) {
    const run = runs.at(-1);
    if (run && run[1] === number - 1) run[1] = number;
    else runs.push([number, number]);
  }
  const words = runs.flatMap(([first, last]) =>
    first === last
      ? [formatCount(first)]
      : last === first + 1
        ? [formatCount(first), formatCount(last)]
        : [`${formatCount(first)} to ${formatCount(last)}`],
  );
  const list = words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
  return `${numbers.length === 1 ? 'turn' : 'turns'} ${list}`;
}

/** The places of the turns of some entries. */
export const numbersOf = (entries: readonly LedgerEntry[]): number[] =>
  entries.flatMap(({ number }) => (number === null ? [] : [number]));

/** What the present words push out of the window, and what stands in the way of sending them. */
export interface Pushed {
  /** Turns that were seen until now. */
  readonly fresh: readonly LedgerEntry[];
  /** Pinned parts that have no room. */
  readonly unkept: readonly LedgerEntry[];
}

/** Reads from a ledger what a draft pushes out. */
export function pushedOut({ entries }: Ledger): Pushed {
  return {
    fresh: entries.filter(({ fresh }) => fresh),
    unkept: entries.filter(({ kind, pinned, reason }) => kind !== 'notes' && pinned && reason === 'no_room'),
  };
}

/** How much is left out and how long the window lasts, in a sentence or two. */
export function outlook({ entries, contextSize, tokens, room }: Ledger): string {
  const outs = entries.filter(({ kind, state }) => kind === 'turn' && state === 'out');
  const turns = entries.filter(({ kind, state }) => kind === 'turn' && state === 'in');
  if (outs.length > 0)
    return `${plural(outs.length, 'turn')} of this chat ${outs.length === 1 ? 'is not seen. It stays' : 'are not seen. They stay'} in the chat.`;
  if (turns.length === 0) return 'Nothing is left out.';
  const each = turns.reduce((sum, turn) => sum + turn.tokens, 0) / turns.length;
  const more = Math.floor((contextSize - room - tokens) / Math.max(1, each));
  if (more < 1) return 'Nothing is left out yet. The next turn will leave out the oldest ones.';
  return `Nothing is left out. At this pace the window lasts about ${plural(Math.min(more, 999), 'more turn', 'more turns')}.`;
}
