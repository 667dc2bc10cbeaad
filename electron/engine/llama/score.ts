import type { ControlledEvaluateInputItem, Token } from 'node-llama-cpp';
import type { ScoredToken } from '../../contract/confidence.ts';
import type { ReadInput, ScoreEvent } from '../contract.ts';
import { createDetokenizer } from '../detokenizer.ts';
import type { Wishes } from './decode.ts';
import { overflow } from './generate.ts';
import { prefill } from './prefill.ts';
import { preparePrompt } from './prompt.ts';
import type { Session } from './session.ts';
import { visibleText } from './visibleText.ts';

/** Tokens that are computed at once: so long does Stop wait. */
const step = 32;
/** Other tokens that are told for each. */
const mostOthers = 5;

/**
 * Reads the text of `answerPrefix` after its prompt as if the model were saying it, and tells how likely it found each
 * token and what else it would have said. What the context holds afterwards is the prompt with that answer.
 */
export async function* score(
  session: Session,
  input: ReadInput,
  signal: AbortSignal,
  { stop }: Wishes,
): AsyncGenerator<ScoreEvent> {
  const { model, template, backend } = session;
  const { contextSize } = session.sequence.context;
  session.keeper.expect(input.keep ?? null);
  const prompt = await preparePrompt(backend.library, model, template, input, { contextSize, signal });
  if (prompt.count > contextSize) throw overflow(prompt.count, contextSize);
  const { tokens, textAt } = prompt;
  for await (const event of prefill(session, tokens.slice(0, textAt), signal, stop))
    yield { ...event, total: tokens.length };
  const { sequence } = session;

  const show = visibleText(session);
  const detokenizer = createDetokenizer(show, tokens.slice(0, textAt));
  // The likelihood of a token comes out of the evaluation of the one before it.
  for (let at = textAt - 1; at < tokens.length - 1 && !stop.aborted; at += step) {
    signal.throwIfAborted();
    const end = Math.min(at + step, tokens.length - 1);
    const items = tokens.slice(at, end).map((token, index) => asking(token, tokens[at + index + 1] as Token));
    const results = await sequence.controlledEvaluate(items, { contextShift: { strategy: neverShift } });
    const scored: ScoredToken[] = [];
    for (const [index, result] of results.entries()) {
      const place = at + index + 1;
      const token = tokens[place] as Token;
      const { logits = new Map<Token, number>(), totalLogitWeight = 1 } = result?.next ?? {};
      const highest = Math.max(...logits.values());
      const likelihood = (logit: number) => Math.min(1, Math.exp(logit - highest) / totalLogitWeight);
      const before = tokens.slice(0, place);
      const others = [...logits]
        .filter(([other]) => other !== token)
        .map(([other, logit]) => ({ text: textOf(other, before), probability: likelihood(logit) }))
        // Half a letter is nothing that a person could choose.
        .filter(({ text }) => !text.includes('\ufffd'))
        .slice(0, mostOthers);
      const text = detokenizer.push(token) + (place === tokens.length - 1 ? detokenizer.end() : '');
      const own = logits.get(token);
      scored.push({ text, probability: own === undefined ? 0 : likelihood(own), others });
    }
    yield { type: 'scored', tokens: scored };
  }

  function textOf(token: Token, before: readonly Token[]): string {
    if (prompt.stopTokens.has(token) || model.isEogToken(token)) return '';
    return show([token], before.slice(-3));
  }
}

const asking = (token: Token, next: Token): ControlledEvaluateInputItem => [
  token,
  {
    generateNext: {
      logits: { filter: { tokens: [next], includeMax: true, includeTop: mostOthers + 3 } },
      totalLogitWeight: true,
    },
  },
];

function neverShift(): never {
  throw new Error('the context window is full');
}
