import { fileURLToPath } from 'node:url';
import { choiceGrammar } from '../../../electron/base/choiceGrammar.ts';
import { type HeldOutCase, isRight, promptOf, readHeldOut } from '../../../models/starter/heldOut.ts';
import { ask, load, startEngine } from '../../engine/startEngine.ts';

export const starterFile = fileURLToPath(
  new URL('../../../models/starter/inkling-starter.gguf', import.meta.url),
);
/** Greedy, so that every run says the same. */
export const greedy = { temperature: 0, repeatPenalty: 1, seed: 1 } as const;
/** Tokens in which an answer must have come to its end. */
export const mostTokens = 120;

export interface Outcome {
  readonly test: HeldOutCase;
  readonly answer: string;
  readonly right: boolean;
  readonly stopped: boolean;
  readonly firstTokenMs: number;
  readonly tokensPerSecond: number | null;
}

/** Asks every held-out case through a real engine process, one after another, each with an empty context. */
export async function evaluate(options: {
  readonly file?: string;
  /** Takes only every so many cases, for a quick look. */
  readonly every?: number;
  readonly onCase?: (outcome: Outcome, index: number, of: number) => void;
}): Promise<Outcome[]> {
  const cases = (await readHeldOut()).filter((_, index) => index % (options.every ?? 1) === 0);
  const engine = startEngine();
  try {
    await load(engine.api, options.file ?? starterFile);
    // The first prompt after a load also pays for memory that is touched for the first time.
    await ask(engine.api, 'Hello', { sampling: { ...greedy, maxTokens: 8 } });
    const outcomes: Outcome[] = [];
    for (const [index, test] of cases.entries()) {
      const sampling = { ...greedy, maxTokens: mostTokens };
      const { messages, answers } = promptOf(test);
      const grammar = answers && choiceGrammar(answers);
      const { text, finished } = await ask(engine.api, '', { messages, grammar, sampling });
      const outcome: Outcome = {
        test,
        answer: text,
        right: isRight(test, text),
        stopped: finished.endReason === 'complete' && text.trim() !== '',
        firstTokenMs: finished.stats.timeToFirstTokenMs ?? Number.POSITIVE_INFINITY,
        tokensPerSecond: finished.stats.generationTokensPerSecond,
      };
      outcomes.push(outcome);
      options.onCase?.(outcome, index, cases.length);
    }
    return outcomes;
  } finally {
    await engine.stop();
  }
}

/** What must hold, and what does: one line a figure. */
export interface Line {
  readonly what: string;
  readonly value: number;
  readonly unit: '%' | 'ms' | 'tokens/s';
  /** The promised bound; null where none is promised. */
  readonly atLeast?: number;
  readonly below?: number;
}

export function summarize(outcomes: readonly Outcome[]): Line[] {
  const share = (list: readonly Outcome[], good: (outcome: Outcome) => boolean) =>
    list.length === 0 ? 0 : (100 * list.filter(good).length) / list.length;
  const of = (...kinds: HeldOutCase['kind'][]) => outcomes.filter(({ test }) => kinds.includes(test.kind));
  const right = ({ right }: Outcome) => right;
  return [
    {
      what: `app questions right (${of('app').length})`,
      value: share(of('app'), right),
      unit: '%',
      atLeast: 85,
    },
    { what: `other questions declined (${of('other').length})`, value: share(of('other'), right), unit: '%' },
    {
      what: `note questions exact, right source (${of('note').length})`,
      value: share(of('note'), right),
      unit: '%',
      atLeast: 85,
    },
    {
      what: `absent facts refused (${of('absent').length})`,
      value: share(of('absent'), right),
      unit: '%',
      atLeast: 90,
    },
    {
      what: `stopped by itself (${outcomes.length})`,
      value: share(outcomes, ({ stopped }) => stopped),
      unit: '%',
      atLeast: 99,
    },
    {
      what: 'first token, median',
      value: median(outcomes.map(({ firstTokenMs }) => firstTokenMs)),
      unit: 'ms',
      below: 300,
    },
    {
      what: 'speed, median',
      value: median(outcomes.flatMap(({ tokensPerSecond }) => tokensPerSecond ?? [])),
      unit: 'tokens/s',
      atLeast: 150,
    },
  ];
}

/** True where no bound is broken. */
export const holds = ({ value, atLeast, below }: Line): boolean =>
  (atLeast === undefined || value >= atLeast) && (below === undefined || value < below);

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
