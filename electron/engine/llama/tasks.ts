import { InklingError } from '../../contract/errors.ts';
import type { Wishes } from './decode.ts';

interface Running {
  readonly kind: 'plain' | 'stoppable' | 'yielding';
  readonly signal: AbortSignal;
  readonly stop: AbortController;
  readonly hurry: AbortController;
  readonly done: Promise<void>;
}

const never = new AbortController().signal;

/**
 * Lets one task run at a time. Another is told `busy`, but waits for one that is already being stopped; a yielding task
 * is stopped for it.
 */
export function createTasks() {
  let running: Running | undefined;

  const begin = (signal: AbortSignal, kind: Running['kind']) => {
    let finish = () => {};
    const done = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const stop = new AbortController();
    const hurry = new AbortController();
    running = { kind, signal, stop, hurry, done };
    const leave = () => {
      running = undefined;
      finish();
    };
    return { wishes: { stop: stop.signal, hurry: hurry.signal }, leave };
  };
  const enter = async (signal: AbortSignal, kind: Running['kind'] = 'plain') => {
    while (running) {
      if (running.kind === 'yielding') running.stop.abort();
      if (!running.signal.aborted && !running.stop.signal.aborted)
        throw new InklingError(
          'busy',
          'The model is busy with another request. Wait for it, or stop it first.',
        );
      await running.done;
    }
    signal.throwIfAborted();
    return begin(signal, kind);
  };

  return {
    async run<T>(signal: AbortSignal, task: () => Promise<T>): Promise<T> {
      const { leave } = await enter(signal);
      try {
        return await task();
      } finally {
        leave();
      }
    },
    async *stream<T>(
      signal: AbortSignal,
      task: (wishes: Wishes) => AsyncIterable<T>,
      stoppable?: 'stoppable',
    ): AsyncGenerator<T> {
      const { wishes, leave } = await enter(signal, stoppable);
      try {
        yield* task(wishes);
      } finally {
        leave();
      }
    },
    /** Runs what nobody waits for, until anything else comes; null at once while something else runs. */
    async yielding<T>(task: (signal: AbortSignal) => Promise<T>): Promise<T | null> {
      if (running) return null;
      const { wishes, leave } = begin(never, 'yielding');
      try {
        return await task(wishes.stop);
      } finally {
        leave();
      }
    },
    /** Ends a yielding task and waits for it. */
    async clearYielding(): Promise<void> {
      if (running?.kind !== 'yielding') return;
      running.stop.abort();
      await running.done;
    },
    /** Asks the running task to come to its point. */
    hurry: () => running?.hurry.abort(),
    /** Asks a stoppable task to end in good order, and waits for it. */
    async stop(): Promise<void> {
      if (running?.kind !== 'stoppable') return;
      running.stop.abort();
      await running.done;
    },
  };
}
