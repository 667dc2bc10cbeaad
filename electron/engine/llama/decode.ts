import type { Token } from 'node-llama-cpp';
import type { AnswerStats } from '../../contract/conversations.ts';
import { createAnswerSplitter } from '../answerSplitter.ts';
import type { GenerateEvent, GenerateInput } from '../contract.ts';
import { createDetokenizer } from '../detokenizer.ts';
import { type TokenSource, withLookup } from './lookup.ts';
import { openGrammar } from './openGrammar.ts';
import { createOutbox } from './outbox.ts';
import type { Prompt } from './prompt.ts';
import { penaltyWindow, sampler } from './sampler.ts';
import type { Session } from './session.ts';
import { watchThought } from './thoughtWatch.ts';
import { visibleText } from './visibleText.ts';

/** Text leaves at most this often, ms. Every event wakes the host and the window, beside a model that wants all cores: twice as often cost 5% of the speed of a small model. */
const emitEvery = 33;

/** What can be wished of a running answer: that it ends, or that it leaves its thought. */
export interface Wishes {
  readonly stop: AbortSignal;
  readonly hurry: AbortSignal;
}

/** What an answer came to. */
export interface Decoded {
  readonly generated: number;
  readonly firstAt: number | null;
  readonly lastAt: number;
  readonly thought: AnswerStats['thought'];
  /** `complete`: the model came to an end by itself or by a stop text; null: at the limit. */
  readonly ended: 'complete' | 'stopped' | null;
}

/** Writes the answer after a prompt whose tokens but the last are in the context. */
export async function* decode(
  session: Session,
  prompt: Prompt,
  input: GenerateInput,
  { limit, signal, stop, hurry }: Wishes & { readonly limit: number; readonly signal: AbortSignal },
): AsyncGenerator<GenerateEvent, Decoded> {
  const { info } = session.template;
  const goesOn = input.answerPrefix.text !== '' || input.answerPrefix.thought !== '';
  const grammar = await openGrammar(session, input.grammar);
  const splitter = createAnswerSplitter({
    ...info,
    stops: [...prompt.stopTexts, ...input.stop],
    // A mark inside of JSON is part of a text; where the answer ends, the grammar knows.
    ...(grammar && { opens: [], hidden: [], stops: [] }),
    startsInThought: prompt.inThought,
    goesOn,
  });
  const thought = watchThought({
    end: endOfThought(session),
    budget: input.thinking.budget,
    hurry: input.hurried ? AbortSignal.abort() : hurry,
  });
  const detokenizer = createDetokenizer(visibleText(session), goesOn ? prompt.tokens : []);
  const outbox = createOutbox(emitEvery);
  const recent = prompt.tokens.slice(-penaltyWindow);
  const { sequence } = session;
  const sampling = sampler(
    input.sampling,
    recent,
    grammar && (() => (splitter.thinking ? undefined : grammar)),
  );
  const evaluated = sequence.evaluate(prompt.tokens.slice(-1), sampling);
  // A context that cannot take its newest tokens back has no use for guesses.
  const tokens: TokenSource =
    input.lookup && !grammar && !sequence.needsCheckpoints
      ? withLookup({
          sequence,
          prompt: prompt.tokens,
          recent,
          sampling,
          window: penaltyWindow,
          tokens: evaluated,
        })
      : evaluated;
  let generated = 0;
  let firstAt: number | null = null;
  let lastAt = 0;
  let next: Promise<IteratorResult<Token, void>> = stop.aborted ? idle() : tokens.next();
  const finish = (ended: Decoded['ended']): Decoded => ({
    generated,
    firstAt,
    lastAt,
    ended,
    thought: thought.stats(),
  });
  const count = (token: Token, thinking: boolean) => {
    recent.push(token);
    if (recent.length > penaltyWindow) recent.shift();
    generated++;
    thought.took(thinking, lastAt);
  };
  /** True at a stop text. */
  const read = (token: Token): boolean => {
    const { pieces, stopped } = splitter.push(detokenizer.push(token));
    outbox.add(pieces);
    return stopped;
  };
  try {
    while (generated < limit && !stop.aborted) {
      const { value: token } = await next;
      signal.throwIfAborted();
      if (token === undefined || prompt.stopTokens.has(token)) break;
      lastAt = performance.now();
      firstAt ??= lastAt;
      const end = thought.due(splitter.thinking);
      // The token that came is in neither the context nor the answer then: the end of the thought takes its place.
      const taken = end && generated + end.length < limit ? end : [token];
      for (const each of taken) count(each, taken !== end && splitter.thinking);
      const readTaken = () => taken.map(read).includes(true);
      // A grammar begins where a thought ends, so that has to be known before the next token.
      const known = grammar && readTaken();
      // The next token is computed while this one is read and sent.
      if (generated < limit) next = observed(taken === end ? tokens.next([...taken]) : tokens.next());
      const stopped = known ?? readTaken();
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

function endOfThought({ backend: { library }, model, template: { info } }: Session): readonly Token[] {
  if (info.thoughtEnd === null) return [];
  return library.LlamaText.fromJSON(info.thoughtEnd).tokenize(model.tokenizer, 'trimLeadingSpace');
}

const idle = () => Promise.resolve({ done: true, value: undefined } as const);

/** A promise that nobody may come to await must not count as unhandled. */
function observed<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}
