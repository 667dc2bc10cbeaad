import { Worker } from 'node:worker_threads';
import { InklingError } from '../../contract/errors.ts';
import type { PromptMessage } from '../contract.ts';
import type {
  RenderedPrompt,
  TemplateInfo,
  TemplateReply,
  TemplateRequest,
  TemplateSource,
} from './templateMessages.ts';

/** A model's chat template, run in a thread of its own under a deadline. */
export interface TemplateHost {
  readonly info: TemplateInfo;
  /** Writes the prompt. A template that does not end is given up for good: `info` then tells of the fallback. */
  render(messages: readonly PromptMessage[], signal: AbortSignal): Promise<RenderedPrompt>;
  close(): void;
}

/** Longest time one rendering may take, ms. */
export const templateDeadline = 3000;
/** Starting the thread imports the library; slow disks need time for it. */
const startDeadline = 20_000;
const memoryLimitMb = 512;

class TemplateTimeout extends Error {}

/** Starts a template thread ahead of time; `entry` is the engine's own entry file, which knows what to do in a thread. */
export function startTemplateThread(entry: URL): TemplateThread {
  const worker = new Worker(entry, { resourceLimits: { maxOldGenerationSizeMb: memoryLimitMb } });
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: unknown): void }>();
  let lastId = 0;
  let dead: Error | undefined;
  let online = false;
  const started = new Promise<void>((resolve) => {
    worker.once('online', () => {
      online = true;
      resolve();
    });
    worker.once('exit', () => resolve());
  });
  const die = (error: Error) => {
    dead ??= error;
    for (const entry of waiting.values()) entry.reject(dead);
    waiting.clear();
  };
  worker.on('error', die);
  worker.on('exit', () => die(new Error('The template thread ended.')));
  worker.on('message', (reply: TemplateReply) => {
    const entry = waiting.get(reply.id);
    waiting.delete(reply.id);
    if ('error' in reply) entry?.reject(new Error(reply.error));
    else entry?.resolve(reply.value);
  });

  return {
    async ask(request, deadline) {
      if (!online) await started;
      if (dead) throw dead;
      const id = ++lastId;
      const answer = new Promise<unknown>((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        worker.postMessage({ ...request, id });
      });
      const timer = setTimeout(() => {
        die(new TemplateTimeout());
        void worker.terminate();
      }, deadline);
      try {
        return await answer;
      } finally {
        clearTimeout(timer);
      }
    },
    close() {
      die(new Error('The model was unloaded.'));
      void worker.terminate();
    },
  };
}

type Unnumbered<T> = T extends unknown ? Omit<T, 'id'> : never;
export interface TemplateThread {
  ask(request: Unnumbered<TemplateRequest>, deadline: number): Promise<unknown>;
  close(): void;
}

/** Finds the template of a model with the thread given, falling back with a note when the model's own does not work. */
export async function openTemplate(
  entry: URL,
  first: TemplateThread,
  source: TemplateSource,
): Promise<TemplateHost> {
  let thread = first;
  let info: TemplateInfo;

  const resolve = async (from: TemplateSource) =>
    (await thread.ask({ type: 'resolve', source: from }, startDeadlineOnce())) as TemplateInfo;
  let warm = false;
  const startDeadlineOnce = () => (warm ? templateDeadline : startDeadline);

  /** Warms the thread up with a harmless source, so that the deadline that follows measures the template alone. */
  const warmUp = async () => {
    warm = false;
    info = await resolve({ ...source, chatTemplate: null });
    warm = true;
  };
  const giveUp = async (reason: string) => {
    thread.close();
    thread = startTemplateThread(entry);
    await warmUp();
    info = await resolve({ ...source, ignoreTemplate: reason });
  };

  await warmUp();
  try {
    info = await resolve(source);
  } catch (error) {
    await giveUp(reasonOf(error));
  }

  return {
    get info() {
      return info;
    },
    async render(messages, signal) {
      signal.throwIfAborted();
      const ask = () => thread.ask({ type: 'render', messages }, templateDeadline) as Promise<RenderedPrompt>;
      try {
        return await ask();
      } catch (error) {
        if (error instanceof TemplateTimeout || isDead(error)) {
          await giveUp(reasonOf(error));
          return await ask();
        }
        throw new InklingError(
          'bad_input',
          `The chat template of this model cannot write this conversation: ${(error as Error).message}`,
        );
      }
    },
    close: () => thread.close(),
  };
}

const isDead = (error: unknown) => (error as { code?: unknown }).code === 'ERR_WORKER_OUT_OF_MEMORY';

function reasonOf(error: unknown): string {
  if (error instanceof TemplateTimeout)
    return `The model's chat template did not finish within ${templateDeadline / 1000} seconds.`;
  if (isDead(error)) return "The model's chat template used too much memory.";
  return `The model's chat template does not work (${(error as Error).message}).`;
}
