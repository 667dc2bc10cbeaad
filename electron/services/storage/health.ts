import type { Topic } from '../../base/topic.ts';
import { toFailure } from '../../contract/errors.ts';
import type { StorageStatus } from '../../contract/storage.ts';
import { isRetryable } from './storageErrors.ts';

/** Milliseconds between two tries while saving fails. */
const retryEvery = 1000;

/** Knows whether saving works, and tries again while it does not. */
export interface Health {
  /** Hears how a write ended; null when it was kept. */
  wrote(error: unknown): void;
  /** Runs `task` every second until the returned function is called; the status stays `failing` as long. */
  retry(task: () => void): () => void;
  stop(): void;
}

/** Makes {@link Health} over the status topic; `probe` writes something small where nobody waits with a task. */
export function createHealth(status: Topic<StorageStatus>, probe: () => void): Health {
  const tasks = new Set<() => void>();
  let problem: unknown = null;
  let timer: NodeJS.Timeout | undefined;

  const tick = () => {
    if (tasks.size === 0) probe();
    for (const task of [...tasks]) task();
  };
  const settle = () => {
    const failing = problem !== null || tasks.size > 0;
    if (failing && !timer) timer = setInterval(tick, retryEvery).unref();
    if (!failing) {
      clearInterval(timer);
      timer = undefined;
    }
    const { state } = status.value;
    if (state === 'damaged') return;
    if (failing && problem !== null) {
      const failure = toFailure(problem);
      if (state !== 'failing' || status.value.problem?.code !== failure.code)
        status.update((now) => ({ ...now, state: 'failing', problem: failure }));
    } else if (!failing && state === 'failing') {
      status.update((now) => ({ ...now, state: 'ok', problem: null }));
    }
  };

  return {
    wrote(error) {
      // A refused row is the caller's affair, not the disk's.
      if (error !== null && !isRetryable(error)) return;
      problem = error;
      settle();
    },
    retry(task) {
      tasks.add(task);
      settle();
      return () => {
        if (tasks.delete(task)) settle();
      };
    },
    stop() {
      clearInterval(timer);
      tasks.clear();
    },
  };
}
