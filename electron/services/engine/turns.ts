import { createLock } from '../../base/lock.ts';

/** Hears how many are ahead in the line, each time that it gets shorter. */
type OnWaiting = (ahead: number) => void;

/** The engine's one seat, and the line for it. */
export interface Turns {
  /** Who has the seat, and who waits. */
  readonly length: number;
  /** Waits for the seat. Release it in a `finally`. Throws when aborted. */
  take(signal: AbortSignal, onWaiting: OnWaiting): Promise<() => void>;
  /** Runs a task with the seat. */
  withTurn<T>(signal: AbortSignal, task: () => Promise<T>): Promise<T>;
}

/** Makes an empty line. `onChange` hears that it got longer or shorter; `onRelease` comes before the next one sits down. */
export function createTurns(options: {
  readonly onChange: () => void;
  readonly onRelease: () => void;
}): Turns {
  const seat = createLock();
  // Who has the seat, and who waits for it, in their order.
  const line: OnWaiting[] = [];
  const leave = (me: OnWaiting) => {
    const at = line.indexOf(me);
    line.splice(at, 1);
    for (const [ahead, tell] of line.entries()) if (ahead >= at && ahead > 0) tell(ahead);
  };
  const take: Turns['take'] = async (signal, onWaiting) => {
    const me = (ahead: number) => onWaiting(ahead);
    if (line.push(me) > 1) me(line.length - 1);
    const waiting = seat.acquire(signal);
    options.onChange();
    try {
      const release = await waiting;
      options.onChange();
      return () => {
        leave(me);
        options.onRelease();
        release();
        options.onChange();
      };
    } catch (error) {
      leave(me);
      options.onChange();
      throw error;
    }
  };
  return {
    get length() {
      return seat.length;
    },
    take,
    async withTurn(signal, task) {
      const release = await take(signal, () => {});
      try {
        return await task();
      } finally {
        release();
      }
    },
  };
}
