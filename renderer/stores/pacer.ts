/** Runs a task at most so often that it takes a small share of the time, however much it costs. */
export interface Pacer {
  /** Asks for a run soon; many requests make one run. */
  request(): void;
  /** Runs now, if a run was asked for. */
  flush(): void;
  stop(): void;
}

interface Clock {
  now(): number;
  setTimer(task: () => void, ms: number): unknown;
  clearTimer(timer: unknown): void;
}

const browserClock: Clock = {
  now: () => performance.now(),
  setTimer: (task, ms) => setTimeout(task, ms),
  clearTimer: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
};

const shortestMs = 40;
const longestMs = 500;
/** Of the time, one part in this many may be spent in the task. */
const share = 12;

/** Makes a {@link Pacer}: at most 25 runs a second, fewer when runs are slow. */
export function createPacer(task: () => void, clock: Clock = browserClock): Pacer {
  let timer: unknown;
  let last = Number.NEGATIVE_INFINITY;
  let cost = 0;

  const run = () => {
    clock.clearTimer(timer);
    timer = undefined;
    const start = clock.now();
    task();
    last = clock.now();
    cost = Math.max(last - start, cost * 0.7);
  };
  return {
    request() {
      if (timer !== undefined) return;
      const pause = Math.min(Math.max(shortestMs, cost * share), longestMs);
      timer = clock.setTimer(run, Math.max(0, last + pause - clock.now()));
    },
    flush() {
      if (timer !== undefined) run();
    },
    stop() {
      clock.clearTimer(timer);
      timer = undefined;
    },
  };
}
