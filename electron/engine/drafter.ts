/** So many tokens must be as they were before, until it is believed that the next ones are, too. */
const reach = 4;
const shortest = 4;
const longest = 12;
/** After a draft that was no use, this many tokens go without one; twice as many after each further one. */
const firstPause = 8;
const longestPause = 128;

/** Proposes how a text goes on: as it did after the same tokens before, in the prompt or in the answer itself. */
export interface Drafter {
  push(token: number): void;
  /** Takes the newest tokens back. */
  pop(count: number): void;
  /** At most `most` tokens that may come next; none where nothing like it was there before, or where it was no use lately. */
  propose(most: number): number[];
  /** Told how many of a proposal came true. */
  judge(proposed: number, accepted: number): void;
}

/** Makes a {@link Drafter} for the answer to a prompt. */
export function createDrafter(prompt: readonly number[]): Drafter {
  const tokens: number[] = [];
  const after = new Map<string, number>();
  let length = shortest;
  let misses = 0;
  let pause = 0;

  const end = () => tokens.slice(-reach).join();
  const push = (token: number) => {
    if (tokens.length >= reach) after.set(end(), tokens.length);
    tokens.push(token);
    if (pause > 0) pause--;
  };
  for (const token of prompt) push(token);

  return {
    push,
    pop(count) {
      tokens.length = Math.max(0, tokens.length - count);
    },
    propose(most) {
      const from = pause > 0 || tokens.length < reach ? undefined : after.get(end());
      return from === undefined ? [] : tokens.slice(from, from + Math.min(length, most));
    },
    judge(proposed, accepted) {
      if (accepted * 2 >= proposed) {
        misses = 0;
        if (accepted === proposed) length = Math.min(longest, length * 2);
        return;
      }
      length = shortest;
      pause = Math.min(longestPause, firstPause * 2 ** misses);
      misses++;
    },
  };
}
