import { expect, it } from 'vitest';
import { followTimes } from '../../../electron/notes/follow/followTimes.ts';
import { nextUpkeep } from '../../../electron/notes/follow/upkeep.ts';

const times = {
  ...followTimes,
  scrubRemoved: 10,
  scrubChanged: 500,
  compareEvery: 1000,
  compareUnwatched: 100,
};

it('compares everything from time to time, more often what cannot be watched', () => {
  const since = { compared: 0, left: null, now: 40 };
  expect(nextUpkeep(times, since, { left: null, unwatched: false })).toEqual({ what: 'compare', wait: 960 });
  expect(nextUpkeep(times, since, { left: null, unwatched: true })).toEqual({ what: 'compare', wait: 60 });
});

it('scrubs first what was removed, counted from when it was', () => {
  const since = { compared: 0, left: 35, now: 40 };
  expect(nextUpkeep(times, since, { left: 'removed', unwatched: true })).toEqual({ what: 'scrub', wait: 5 });
  expect(nextUpkeep(times, since, { left: 'changed', unwatched: true })).toEqual({
    what: 'compare',
    wait: 60,
  });
});

it('waits for nothing that is overdue', () => {
  const since = { compared: 0, left: null, now: 5000 };
  expect(nextUpkeep(times, since, { left: null, unwatched: false }).wait).toBe(0);
});
