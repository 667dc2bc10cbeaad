import { InklingError } from '../../contract/errors.ts';
import type { PromptMessage } from '../../engine/contract.ts';
import { type Turn, writePrompt } from './buildPrompt.ts';

/** Turns leave in blocks of this many, so that the cached beginning of the prompt survives several turns. */
const block = 4;

export interface FittedPrompt {
  readonly messages: readonly PromptMessage[];
  readonly tokens: number;
  readonly contextSize: number;
  /** Stored messages that are not in the prompt. */
  readonly leftOut: number;
}

/** Room kept free for the answer, in tokens: an eighth of the window, at least 64 and at most 1024. */
export function roomForAnswer(contextSize: number): number {
  return Math.max(64, Math.min(1024, Math.floor(contextSize / 8)));
}

/**
 * Finds the longest end of the conversation that fits the window, in whole turns, counted by the model's tokenizer.
 * Throws `context_overflow` (details `tokens`, `contextSize`) when instructions and newest message alone do not fit.
 */
export async function fitPrompt(
  systemPrompt: string,
  turns: readonly Turn[],
  count: (messages: readonly PromptMessage[]) => Promise<{ tokens: number; contextSize: number }>,
): Promise<FittedPrompt> {
  const attempt = async (leaveOut: number) => {
    const messages = writePrompt(systemPrompt, turns, leaveOut);
    const { tokens, contextSize } = await count(messages);
    const leftOut = turns.slice(0, leaveOut).reduce((sum, turn) => sum + turn.messages, 0);
    return {
      messages,
      tokens,
      contextSize,
      leftOut,
      fits: tokens + roomForAnswer(contextSize) <= contextSize,
    };
  };
  const whole = await attempt(0);
  if (whole.fits) return whole;

  const steps = candidates(turns.length);
  const newest = await attempt(turns.length - 1);
  if (!newest.fits) throw overflow(newest.tokens, newest.contextSize);
  // Leaving out more never needs more tokens, so the first step that fits is found by halving.
  let low = 0;
  let high = steps.length - 1;
  let best = newest;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const tried = await attempt(steps[middle] as number);
    if (tried.fits) {
      best = tried;
      high = middle;
    } else low = middle + 1;
  }
  return best;
}

/** Numbers of turns to leave out: whole blocks, and everything but the newest. */
function candidates(turns: number): number[] {
  const steps: number[] = [];
  for (let out = block; out < turns - 1; out += block) steps.push(out);
  return [...steps, turns - 1];
}

function overflow(tokens: number, contextSize: number): InklingError {
  return new InklingError(
    'context_overflow',
    `This message and the instructions take ${tokens} tokens, and the model's context window holds ${contextSize}, answer included. Your text is kept. Shorten it, raise the context window in Settings, or choose a model with a larger one.`,
    { tokens, contextSize },
  );
}
