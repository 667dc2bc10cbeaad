import { randomInt } from 'node:crypto';
import type { SequenceEvaluateOptions, Token } from 'node-llama-cpp';
import type { AnswerStats } from '../../contract/conversations.ts';
import { InklingError } from '../../contract/errors.ts';
import type { Sampling } from '../../contract/settings.ts';
import { type AnswerPiece, createAnswerSplitter } from '../answerSplitter.ts';
import type { GenerateEvent, GenerateInput } from '../contract.ts';
import { createDetokenizer } from '../detokenizer.ts';
import { prefill } from './prefill.ts';
import { type Prompt, preparePrompt } from './prompt.ts';
import type { Session } from './session.ts';

/** Room for an answer, tokens, without which a prompt is refused. */
export const minAnswerRoom = 16;
/** Text leaves at most this often, ms. Every event wakes the host and the window, beside a model that wants all cores: twice as often cost 5% of the speed of a small model. */
const emitEvery = 33;
/** The last tokens that a repeat penalty looks at. */
const penaltyWindow = 64;

/** Answers a prompt and ends with `finished`. `signal` breaks it off, `stop` ends it in good order, both within one token. */
export async function* generate(
  session: Session,
  input: GenerateInput,
  signal: AbortSignal,
  stop: AbortSignal,
): AsyncGenerator<GenerateEvent> {
  const begin = performance.now();
  const { sequence, model, template } = session;
  const contextSize = sequence.context.contextSize;
  const prompt = await preparePrompt(session.backend.library, model, template, input.messages, {
    contextSize,
    signal,
  });
  const promptTokens = prompt.count;
  if (promptTokens + minAnswerRoom > contextSize) throw overflow(promptTokens, contextSize);

  const prefillBegin = performance.now();
  const cachedTokens = yield* prefill(sequence, prompt.tokens, session.prefillSpeed, signal, stop);
  signal.throwIfAborted();

  const limit = Math.min(input.sampling.maxTokens ?? Number.POSITIVE_INFINITY, contextSize - promptTokens);
  const { firstAt, lastAt, generated, ended } = yield* decode(session, prompt, input, {
    limit,
    signal,
    stop,
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
  };
  const atLimit = limit === input.sampling.maxTokens ? 'max_tokens' : 'context_full';
  yield { type: 'finished', endReason: ended ?? atLimit, stats };
}

interface Decoded {
  readonly generated: number;
  readonly firstAt: number | null;
  readonly lastAt: number;
  /** `complete`: the model came to an end by itself or by a stop text; null: at the limit. */
  readonly ended: 'complete' | 'stopped' | null;
}

async function* decode(
  session: Session,
  prompt: Prompt,
  input: GenerateInput,
  {
    limit,
    signal,
    stop,
  }: { readonly limit: number; readonly signal: AbortSignal; readonly stop: AbortSignal },
): AsyncGenerator<GenerateEvent, Decoded> {
  const { info } = session.template;
  const splitter = createAnswerSplitter({
    opens: info.opens,
    closes: info.closes,
    hidden: info.hidden,
    stops: [...prompt.stopTexts, ...input.stop],
    startsInThought: info.startsInThought,
  });
  const detokenizer = createDetokenizer(visibleText(session));
  const outbox = createOutbox(emitEvery);
  const recent = prompt.tokens.slice(-penaltyWindow);
  const tokens = session.sequence.evaluate(prompt.tokens.slice(-1), sampler(input.sampling, recent));
  let generated = 0;
  let firstAt: number | null = null;
  let lastAt = 0;
  let next: Promise<IteratorResult<Token, void>> = stop.aborted ? idle() : tokens.next();
  const finish = (ended: Decoded['ended']): Decoded => ({ generated, firstAt, lastAt, ended });
  try {
    while (generated < limit && !stop.aborted) {
      const { value: token } = await next;
      signal.throwIfAborted();
      if (token === undefined || prompt.stopTokens.has(token)) break;
      lastAt = performance.now();
      firstAt ??= lastAt;
      recent.push(token);
      if (recent.length > penaltyWindow) recent.shift();
      // The next token is computed while this one is read and sent.
      if (++generated < limit) next = observed(tokens.next());
      const { pieces, stopped } = splitter.push(detokenizer.push(token));
      outbox.add(pieces);
      if (stopped) {
        yield* outbox.take();
        return finish('complete');
      }
      if (outbox.due(lastAt)) yield* outbox.take();
    }
    const rest = splitter.push(detokenizer.end());
    outbox.add(rest.pieces);
    if (!rest.stopped) outbox.add(splitter.end());
    yield* outbox.take();
    return finish(stop.aborted ? 'stopped' : generated < limit ? 'complete' : null);
  } finally {
    // A token may still be on its way; the context must be at rest before anybody else uses it.
    await next.catch(() => {});
    await tokens.return();
  }
}

const idle = () => Promise.resolve({ done: true, value: undefined } as const);

/** A promise that nobody may come to await must not count as unhandled. */
function observed<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}

/** `recent` is read anew for every token. */
function sampler(sampling: Sampling, recent: readonly Token[]): SequenceEvaluateOptions {
  return {
    temperature: sampling.temperature,
    topK: sampling.topK,
    topP: sampling.topP,
    minP: sampling.minP,
    seed: sampling.seed ?? randomInt(2 ** 32),
    ...(sampling.repeatPenalty === 1
      ? {}
      : { repeatPenalty: { penalty: sampling.repeatPenalty, punishTokens: () => [...recent] } }),
    // Never reached: the answer ends before the window is full. If it were, an error is better than a silent cut.
    contextShift: {
      strategy: () => {
        throw new Error('the context window is full');
      },
    },
  };
}

/** Text of tokens; of the control tokens only those that are part of a mark are visible. */
function visibleText({ model, template: { info } }: Session) {
  const marks = [...info.opens, ...info.closes, ...info.hidden];
  const visible = new Set(marks.flatMap((mark) => model.tokenize(mark, true, 'trimLeadingSpace')));
  return (tokens: readonly number[], before: readonly number[]) => {
    const list = tokens as readonly Token[];
    const special = list.some((token) => visible.has(token));
    const shown = special ? list.filter((token) => visible.has(token) || !model.isSpecialToken(token)) : list;
    return model.detokenize(shown, special, special ? [] : (before as readonly Token[]));
  };
}

/** Gathers pieces so that events leave at most once in `every` ms, in order. */
function createOutbox(every: number) {
  let pieces: AnswerPiece[] = [];
  let takenAt = Number.NEGATIVE_INFINITY;
  return {
    add(more: readonly AnswerPiece[]) {
      for (const piece of more) {
        const last = pieces.at(-1);
        if (last?.kind === piece.kind) pieces[pieces.length - 1] = { ...last, text: last.text + piece.text };
        else pieces.push(piece);
      }
    },
    due: (now: number) => pieces.length > 0 && now - takenAt >= every,
    *take(): Generator<GenerateEvent> {
      const out = pieces;
      pieces = [];
      takenAt = performance.now();
      for (const { kind, text } of out) yield { type: kind, text };
    },
  };
}

const perSecond = (count: number, ms: number) => (count * 1000) / Math.max(ms, 0.001);

function overflow(tokens: number, contextSize: number): InklingError {
  return new InklingError(
    'context_overflow',
    `This prompt takes ${tokens} tokens, and the context window holds ${contextSize}. Nothing was cut. Shorten it, or load the model with a larger window.`,
    { tokens, contextSize },
  );
}
