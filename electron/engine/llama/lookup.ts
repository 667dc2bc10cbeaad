import type { LlamaContextSequence, SequenceEvaluateOptions, Token } from 'node-llama-cpp';
import { createDrafter } from '../drafter.ts';

/** Where an answer's tokens come from; given tokens take the place of the one that came last. */
export interface TokenSource {
  next(...given: [] | [instead: Token[]]): Promise<IteratorResult<Token, void>>;
  return(): Promise<unknown>;
}

/** Reading a draft must not make Stop wait longer than this, ms. */
const longestStep = 400;
/** What reading one token more costs, and reading more than one at all, as parts of the time for one token alone. */
const cost = { first: 0.5, each: 0.11 } as const;
/** A draft of one token does not pay. */
const leastDraft = 2;

/**
 * Lets the model check several tokens at once that the text before suggests, as in quoting and rewriting. Every token is
 * drawn by the model as it would be without: a draft only counts as long as it is what was drawn.
 */
export function withLookup(given: {
  readonly sequence: LlamaContextSequence;
  readonly prompt: readonly Token[];
  /** The newest tokens, those of the answer included as soon as they are taken. */
  readonly recent: readonly Token[];
  readonly sampling: SequenceEvaluateOptions;
  /** How many of `recent` a penalty looks at. */
  readonly window: number;
  readonly tokens: TokenSource;
}): TokenSource {
  const { sequence, recent, sampling, tokens } = given;
  const drafter = createDrafter(given.prompt);
  /** Tokens that are drawn but not given yet: all but the last are in the context. Null ends the answer. */
  let drawn: (Token | null)[] = [];
  let last: Token | null = null;
  /** Tokens in the context from the last given one on; 0 while that is not there yet. */
  let ahead = 0;
  let count = 0;
  let tokenMs = 0;

  const give = (token: Token | null): IteratorResult<Token, void> => {
    last = token;
    if (token === null) return { done: true, value: undefined };
    drafter.push(token);
    count++;
    return { done: false, value: token };
  };
  const drop = async () => {
    drawn = [];
    if (ahead > 0) await eraseEnd(sequence, ahead);
    ahead = 0;
  };
  const one = async (evaluate: Token[]) => {
    const begin = performance.now();
    const { value } = await tokens.next(evaluate);
    tokenMs = performance.now() - begin;
    ahead = 0;
    return give(value ?? null);
  };
  const draft = (): Token[] => {
    const byTime = (longestStep / Math.max(tokenMs, 0.01) - 1 - cost.first) / cost.each;
    const room = sequence.contextSize - sequence.nextTokenIndex - 3;
    const most = Math.floor(Math.min(byTime, room));
    const proposed = most < leastDraft ? [] : (drafter.propose(most) as Token[]);
    const end = proposed.findIndex((token) => sequence.model.isEogToken(token));
    return end < 0 ? proposed : proposed.slice(0, end);
  };
  const check = async (from: Token, proposed: readonly Token[]) => {
    const results = await sequence.controlledEvaluate(
      [from, ...proposed].map((token, at) => [
        token,
        { generateNext: { token: true, options: pick(at, proposed) } },
      ]),
    );
    const picked = results.map((result) => result?.next.token ?? null);
    let accepted = 0;
    while (accepted < proposed.length && picked[accepted] === proposed[accepted]) accepted++;
    drafter.judge(proposed.length, accepted);
    await eraseEnd(sequence, proposed.length - accepted);
    const next = picked[accepted] ?? null;
    if (next === null) throw new Error('no token could be drawn');
    drawn = [...proposed.slice(0, accepted), sequence.model.isEogToken(next) ? null : next];
  };
  /** How the token after the first `at` of a draft is drawn: by chances of its own, knowing those before it. */
  const pick = (at: number, proposed: readonly Token[]) => {
    const { temperature, topK, topP, minP, seed = 0, repeatPenalty } = sampling;
    const before = [...recent, ...proposed.slice(0, at)].slice(-given.window);
    return {
      ...{ temperature, topK, topP, minP },
      seed: (seed + Math.imul(count + at, 0x9e3779b9)) >>> 0,
      ...(repeatPenalty && { repeatPenalty: { ...repeatPenalty, punishTokens: before } }),
    };
  };

  return {
    async next(...[instead]) {
      if (instead) {
        const before = last;
        await drop();
        if (before !== null) drafter.pop(1);
        for (const token of instead) drafter.push(token);
        return one(instead);
      }
      if (last === null && count > 0) return give(null);
      if (drawn.length === 0 && last !== null) {
        const proposed = draft();
        if (proposed.length < leastDraft) return one([last]);
        await check(last, proposed);
      }
      if (drawn.length === 0) return give((await tokens.next()).value ?? null);
      // All but the last of them are in the context.
      ahead = drawn.length - 1;
      const [token = null] = drawn.splice(0, 1);
      return give(token);
    },
    return: () => tokens.return(),
  };
}

async function eraseEnd(sequence: LlamaContextSequence, count: number): Promise<void> {
  const end = sequence.nextTokenIndex;
  if (count > 0) await sequence.eraseContextTokenRanges([{ start: end - count, end }]);
}
