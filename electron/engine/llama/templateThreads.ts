import { Worker } from 'node:worker_threads';
import type { TemplateReply, TemplateRequest } from './templateMessages.ts';

type Unnumbered<T> = T extends unknown ? Omit<T, 'id'> : never;

/** A running template thread. */
export interface TemplateThread {
  /**
   * Fails with {@link TemplateTimeout} once the thread has computed for `deadline` ms; it is ended then, whatever it is
   * doing.
   */
  ask(request: Unnumbered<TemplateRequest>, deadline: number): Promise<unknown>;
}

/** The one template thread, started when it is needed and started anew after it had to be ended. */
export interface TemplateThreads {
  /** Starts it ahead of time. */
  start(): void;
  /** Waits until it has loaded what it needs, so that a deadline counts for a template alone. */
  warm(): Promise<TemplateThread>;
}

/** A template took longer than it may. */
export class TemplateTimeout extends Error {}

/** Starting the thread imports the library; slow disks need time for it. */
const startDeadline = 30_000;
const memoryLimitMb = 512;
/** How often it is looked how long a thread has computed, ms. */
const lookEvery = 100;
/** By the clock, a request may take so many times as long: other work on the machine is not the template's fault. */
const clockFactor = 3;

/** Makes {@link TemplateThreads}; `entry` is the engine's own entry file, which knows what to do in a thread. */
export function createTemplateThreads(entry: URL): TemplateThreads {
  let warmed: Promise<TemplateThread> | undefined;

  const warm = () => {
    warmed ??= startThread(entry, () => {
      warmed = undefined;
    });
    return warmed;
  };
  return { start: () => void warm().catch(() => {}), warm };
}

async function startThread(entry: URL, onEnd: () => void): Promise<TemplateThread> {
  const worker = new Worker(entry, { resourceLimits: { maxOldGenerationSizeMb: memoryLimitMb } });
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: unknown): void }>();
  let lastId = 0;
  let ended: unknown;
  const end = (reason: unknown) => {
    if (ended) return;
    ended = reason;
    onEnd();
    for (const call of waiting.values()) call.reject(reason);
    waiting.clear();
    void worker.terminate();
  };
  worker.on('error', end);
  worker.on('exit', () => end(new Error('The template thread ended.')));
  worker.on('message', (reply: TemplateReply) => {
    const call = waiting.get(reply.id);
    waiting.delete(reply.id);
    if ('error' in reply) call?.reject(new Error(reply.error));
    else call?.resolve(reply.value);
  });

  const thread: TemplateThread = {
    async ask(request, deadline) {
      if (ended) throw ended;
      const id = ++lastId;
      const { promise, resolve, reject } = Promise.withResolvers<unknown>();
      waiting.set(id, { resolve, reject });
      worker.postMessage({ ...request, id });
      const stopWatching = watchTime(worker, deadline, () => end(new TemplateTimeout()));
      try {
        return await promise;
      } finally {
        stopWatching();
      }
    },
  };
  await thread.ask({ type: 'warm' }, startDeadline);
  return thread;
}

/** Calls back once a thread has computed for `limit` ms from now on. The clock alone would blame it for a busy machine. */
function watchTime(worker: Worker, limit: number, onOver: () => void): () => void {
  const begin = performance.now();
  let before: number | null = null;
  const look = async () => {
    const { user, system } = await worker.cpuUsage();
    const computed = (user + system) / 1000;
    before ??= computed;
    if (computed - before > limit || performance.now() - begin > limit * clockFactor) onOver();
  };
  // A thread that ended meanwhile tells it itself.
  const timer = setInterval(() => void look().catch(() => {}), lookEvery);
  void look().catch(() => {});
  return () => clearInterval(timer);
}
