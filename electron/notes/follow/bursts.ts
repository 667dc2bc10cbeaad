import type { FollowTimes } from './followTimes.ts';

/** Changes that come one after another, taken together. */
export interface Bursts {
  /** Something changed. */
  happened(): void;
  close(): void;
}

/** Makes {@link Bursts}: `onEnd` is called once it was quiet for a while, or it goes on for too long. */
export function createBursts(times: Pick<FollowTimes, 'quiet' | 'latest'>, onEnd: () => void): Bursts {
  let burst: { readonly timer: NodeJS.Timeout; readonly since: number } | undefined;
  const end = () => {
    burst = undefined;
    onEnd();
  };
  return {
    happened() {
      const time = performance.now();
      const since = burst?.since ?? time;
      clearTimeout(burst?.timer);
      const wait = Math.max(0, Math.min(times.quiet, since + times.latest - time));
      burst = { since, timer: setTimeout(end, wait) };
    },
    close: () => clearTimeout(burst?.timer),
  };
}
