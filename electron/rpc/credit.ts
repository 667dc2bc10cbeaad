/** Counts how many more events a caller is ready to take; `take` spends one and waits while there is none. */
export interface Credit {
  take(): Promise<void>;
  give(count: number): void;
}

/** Makes a {@link Credit} of `window` events (without a window it never waits); an abort wakes whoever waits. */
export function createCredit(window: number | undefined, signal: AbortSignal): Credit {
  const most = window ?? Number.POSITIVE_INFINITY;
  let left = most;
  let wake: (() => void) | undefined;
  signal.addEventListener('abort', () => wake?.(), { once: true });

  return {
    async take() {
      if (left === 0 && !signal.aborted) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        wake = undefined;
      }
      left--;
    },
    give(count) {
      // Never more than the window: a wrong acknowledgement must not lift the bound.
      left = Math.min(left + count, most);
      wake?.();
    },
  };
}
