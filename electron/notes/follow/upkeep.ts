import type { Leftover } from '../index/scrub.ts';
import type { FollowTimes } from './followTimes.ts';

/** What comes next by itself while nothing changes, and in how many ms. */
export interface Upkeep {
  readonly what: 'compare' | 'scrub';
  readonly wait: number;
}

/** Plans the upkeep of an index, counted from when it became due, so that steady work puts off neither. */
export function nextUpkeep(
  times: FollowTimes,
  since: { readonly compared: number; readonly left: number | null; readonly now: number },
  state: { readonly left: Leftover | null; readonly unwatched: boolean },
): Upkeep {
  const scrubAfter = state.left === 'removed' ? times.scrubRemoved : times.scrubChanged;
  const scrubIn = since.left === null ? Number.POSITIVE_INFINITY : since.left + scrubAfter - since.now;
  const compareAfter = state.unwatched ? times.compareUnwatched : times.compareEvery;
  const compareIn = since.compared + compareAfter - since.now;
  return {
    what: compareIn < scrubIn ? 'compare' : 'scrub',
    wait: Math.max(0, Math.min(scrubIn, compareIn)),
  };
}
