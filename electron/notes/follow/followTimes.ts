/** Times of following in ms; tests shorten them. */
export interface FollowTimes {
  /** Changes come in bursts: they are looked at when it is quiet for `quiet`, at the latest after `latest`. */
  readonly quiet: number;
  readonly latest: number;
  /** Between full comparisons; more often where not every change is noticed. */
  readonly compareEvery: number;
  readonly compareUnwatched: number;
  /** How long after the last change erased words are scrubbed from the files, by what left them. */
  readonly scrubRemoved: number;
  readonly scrubChanged: number;
  /** Until work is tried again after a fault (a full disk). */
  readonly retry: number;
}

export const followTimes: FollowTimes = {
  quiet: 150,
  latest: 1000,
  compareEvery: 10 * 60_000,
  compareUnwatched: 30_000,
  scrubRemoved: 5_000,
  scrubChanged: 10 * 60_000,
  retry: 10_000,
};
