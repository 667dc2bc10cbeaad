/** Work on the window's own thread, in slices so short that it stays quick. */
export interface Slices {
  /** Does the work now, if the running task has time left for such; tells whether it did. */
  now(work: () => void): boolean;
  /** Does the work when there is time; what was asked for last goes first, for it is what is in sight. Returns how to take it back. */
  soon(work: () => void): () => void;
}

interface Clock {
  now(): number;
  nextTask(task: () => void): void;
}

const browserClock: Clock = {
  now: () => performance.now(),
  nextTask: (task) => setTimeout(task),
};

const sliceMs = 10;

/** Makes {@link Slices}: in one task of the window no work is begun after 10 ms of it. */
export function createSlices(clock: Clock = browserClock): Slices {
  let spent = 0;
  let booked = false;
  const waiting: (() => void)[] = [];

  const perform = (work: () => void) => {
    const start = clock.now();
    try {
      work();
    } finally {
      spent += clock.now() - start;
      book();
    }
  };
  const book = () => {
    if (booked) return;
    booked = true;
    clock.nextTask(() => {
      booked = false;
      spent = 0;
      while (spent < sliceMs) {
        const work = waiting.pop();
        if (!work) return;
        perform(work);
      }
      if (waiting.length > 0) book();
    });
  };
  return {
    now(work) {
      if (spent >= sliceMs) return false;
      perform(work);
      return true;
    },
    soon(work) {
      waiting.push(work);
      book();
      return () => {
        const at = waiting.lastIndexOf(work);
        if (at >= 0) waiting.splice(at, 1);
      };
    },
  };
}

/** The window's own. */
export const slices = createSlices();
