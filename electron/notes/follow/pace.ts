import { setImmediate as nextTurn } from 'node:timers/promises';

/** Milliseconds of work in one go; calls of the window wait at most about that long. */
const slice = 12;

/** Lets long work pause for calls that wait. */
export interface Pace {
  /** To be awaited between small steps. Throws if the work is to end. */
  breathe(): Promise<void>;
  /** True when the present slice is used up. */
  readonly due: boolean;
  end(): void;
}

/** Thrown where work is to end. */
export class Ended extends Error {}

/** Makes a {@link Pace}. */
export function createPace(): Pace {
  let since = performance.now();
  let ended = false;
  return {
    get due() {
      return ended || performance.now() - since > slice;
    },
    async breathe() {
      if (ended) throw new Ended();
      if (performance.now() - since <= slice) return;
      await nextTurn();
      if (ended) throw new Ended();
      since = performance.now();
    },
    end() {
      ended = true;
    },
  };
}
