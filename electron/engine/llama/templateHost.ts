import { InklingError } from '../../contract/errors.ts';
import type { PromptMessage } from '../contract.ts';
import type { RenderedPrompt, TemplateInfo, TemplateSource } from './templateMessages.ts';
import { type TemplateThreads, TemplateTimeout } from './templateThreads.ts';

/** A model's chat template, run in a thread of its own under a deadline. */
export interface TemplateHost {
  readonly info: TemplateInfo;
  /** Writes the prompt; a `quiet` one, where the template can, after which the model does not think. A template that does not end is given up for good: `info` then tells of the fallback. */
  render(messages: readonly PromptMessage[], quiet: boolean, signal: AbortSignal): Promise<RenderedPrompt>;
}

/** Longest time the template may take to be understood, or to write one prompt, ms. */
export const templateDeadline = 3000;

/** Finds the template of a model, falling back with a note when the model's own does not work. */
export async function openTemplate(threads: TemplateThreads, source: TemplateSource): Promise<TemplateHost> {
  const resolve = async (from: TemplateSource) => {
    const thread = await threads.warm();
    return (await thread.ask({ type: 'resolve', source: from }, templateDeadline)) as TemplateInfo;
  };
  const giveUp = (reason: string) => resolve({ ...source, ignoreTemplate: reason });
  let info = await resolve(source).catch((error: unknown) => giveUp(reasonOf(error)));

  const ask = async (messages: readonly PromptMessage[], quiet: boolean) => {
    const thread = await threads.warm();
    return (await thread.ask({ type: 'render', messages, quiet }, templateDeadline)) as RenderedPrompt;
  };

  return {
    get info() {
      return info;
    },
    async render(messages, quiet, signal) {
      signal.throwIfAborted();
      try {
        return await ask(messages, quiet);
      } catch (error) {
        if (isFatal(error)) {
          info = await giveUp(reasonOf(error));
          return await ask(messages, quiet && info.canBeQuiet);
        }
        throw new InklingError(
          'bad_input',
          `The chat template of this model cannot write this conversation: ${(error as Error).message}`,
        );
      }
    },
  };
}

const outOfMemory = (error: unknown) => (error as { code?: unknown }).code === 'ERR_WORKER_OUT_OF_MEMORY';
const isFatal = (error: unknown) => error instanceof TemplateTimeout || outOfMemory(error);

function reasonOf(error: unknown): string {
  if (error instanceof TemplateTimeout)
    return `The model's chat template did not finish within ${templateDeadline / 1000} seconds.`;
  if (outOfMemory(error)) return "The model's chat template used too much memory.";
  return `The model's chat template does not work (${(error as Error).message}).`;
}
