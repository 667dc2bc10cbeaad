import type { WritingEvent } from '../../contract/writing.ts';
import { createEventBuffer } from './eventBuffer.ts';

/** Tasks that tell how they go, each to one reader. */
export interface TaskStreams {
  /** Runs a task and streams what it emits, and last what it comes to. Leaving the stream stops it. */
  run(
    signal: AbortSignal,
    task: (emit: (event: WritingEvent) => void, inner: AbortSignal) => Promise<WritingEvent>,
  ): AsyncGenerator<WritingEvent>;
  /** Stops all and waits for their ends. */
  close(): Promise<void>;
}

/** Makes {@link TaskStreams}. A task must not throw. */
export function createTaskStreams(): TaskStreams {
  const open = new Map<Promise<void>, AbortController>();
  return {
    async *run(signal, task) {
      const buffer = createEventBuffer<WritingEvent>();
      const stop = new AbortController();
      const running = task(buffer.push, AbortSignal.any([signal, stop.signal])).then((end) => {
        buffer.push(end);
        buffer.end();
        open.delete(running);
      });
      open.set(running, stop);
      try {
        yield* buffer.read();
        await running;
      } finally {
        stop.abort();
      }
    },
    async close() {
      for (const stop of open.values()) stop.abort();
      await Promise.all(open.keys());
    },
  };
}
