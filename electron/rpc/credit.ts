/** Counts how many more events a caller is ready to take; `take` waits while there are none. */
export interface Credit {
  readonly signal: AbortSignal;
  take(): Promise<void>;
  give(count: number): void;
}

/** Makes a {@link Credit} of `window` events (without a window it never waits); an abort wakes whoever waits. */
export function createCredit(window: number | undefined, signal: AbortSignal): Credit {
  let left = window ?? Number.POSITIVE_INFINITY;
  let wake: (() => void) | undefined;
  signal.addEventListener('abort', () => wake?.(), { once: true });

  return {
    signal,
    async take() {
      left--;
      if (left > 0 || signal.aborted) return;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
      wake = undefined;
    },
    give(count) {
      left += count;
      if (left > 0) wake?.();
    },
  };
}
