import type { Token } from 'node-llama-cpp';
import { createAnswerSplitter } from '../answerSplitter.ts';
import type { GenerateEvent, GenerateInput } from '../contract.ts';
import { createDetokenizer } from '../detokenizer.ts';
import { createOutbox } from './outbox.ts';
import type { Prompt } from './prompt.ts';
import { penaltyWindow, sampler } from './sampler.ts';
import type { Session } from './session.ts';
import { visibleText } from './visibleText.ts';

/** Text leaves at most this often, ms. Every event wakes the host and the window, beside a model that wants all cores: twice as often cost 5% of the speed of a small model. */
const emitEvery = 33;

/** What an answer came to. */
export interface Decoded {
  readonly generated: number;
  readonly firstAt: number | null;
  readonly lastAt: number;
  /** `complete`: the model came to an end by itself or by a stop text; null: at the limit. */
  readonly ended: 'complete' | 'stopped' | null;
}

/** Writes the answer after a prompt whose tokens but the last are in the context. */
export async function* decode(
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
