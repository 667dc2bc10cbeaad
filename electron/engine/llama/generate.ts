import type { AnswerStats } from '../../contract/conversations.ts';
import { InklingError } from '../../contract/errors.ts';
import type { GenerateEvent, GenerateInput } from '../contract.ts';
import { decode, type Wishes } from './decode.ts';
import { prefill } from './prefill.ts';
import { preparePrompt } from './prompt.ts';
import type { Session } from './session.ts';

/** Room for an answer, tokens, without which a prompt is refused. */
export const minAnswerRoom = 16;

/** Answers a prompt and ends with `finished`. `signal` breaks it off, `stop` ends it in good order, both within one token. */
export async function* generate(
  session: Session,
  input: GenerateInput,
  signal: AbortSignal,
  { stop, hurry }: Wishes,
): AsyncGenerator<GenerateEvent> {
  const begin = performance.now();
  const { model, template } = session;
  const contextSize = session.sequence.context.contextSize;
  session.keeper.expect(input.keep ?? null);
  const prompt = await preparePrompt(session.backend.library, model, template, input, {
    contextSize,
    signal,
  });
  const promptTokens = prompt.count;
  if (promptTokens + minAnswerRoom > contextSize) throw overflow(promptTokens, contextSize);

  const prefillBegin = performance.now();
  const cachedTokens = yield* prefill(session, prompt.tokens, signal, stop);
  signal.throwIfAborted();

  const limit = Math.min(input.sampling.maxTokens ?? Number.POSITIVE_INFINITY, contextSize - promptTokens);
  const { firstAt, lastAt, generated, ended, thought } = yield* decode(session, prompt, input, {
    limit,
    signal,
    stop,
    hurry,
  });
  const read = promptTokens - cachedTokens;
  const stats: AnswerStats = {
    timeToFirstTokenMs: firstAt === null ? null : firstAt - begin,
    promptTokens,
    cachedTokens,
    promptTokensPerSecond: firstAt === null || read < 2 ? null : perSecond(read, firstAt - prefillBegin),
    generatedTokens: generated,
    generationTokensPerSecond:
      firstAt === null || generated < 2 ? null : perSecond(generated - 1, lastAt - firstAt),
    contextUsed: promptTokens + generated,
    contextSize,
    threads: session.loaded.threads,
    thought,
  };
  const atLimit = limit === input.sampling.maxTokens ? 'max_tokens' : 'context_full';
  yield { type: 'finished', endReason: ended ?? atLimit, stats };
}

const perSecond = (count: number, ms: number) => (count * 1000) / Math.max(ms, 0.001);

/** The refusal of a prompt that is too long. */
export function overflow(tokens: number, contextSize: number): InklingError {
  return new InklingError(
    'context_overflow',
    `This prompt takes ${tokens} tokens, and the context window holds ${contextSize}. Nothing was cut. Shorten it, or load the model with a larger window.`,
    { tokens, contextSize },
  );
}
