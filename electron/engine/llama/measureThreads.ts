import type { LlamaContext, LlamaModel, Token } from 'node-llama-cpp';

export interface ThreadSpeed {
  readonly threads: number;
  readonly tokensPerSecond: number;
}

/** Time for all counts together, ms. A count that had no turn by then is too slow to matter. */
const budget = 2000;
/** One turn of a count takes about this long, ms, so that what else runs on the machine hits all counts alike. */
const turn = 40;
const minSamples = 12;
/** A fast model has this many long before the time is up. */
const enoughSamples = 150;
/** Tokens a measuring context holds. */
const window = 256;

/** The counts worth trying: all cores, and the powers of two below. */
export function threadCounts(cores: number): readonly number[] {
  const counts = [cores];
  for (let count = 1; count < cores; count *= 2) counts.push(count);
  return counts.sort((a, b) => b - a);
}

/** The count to go on with: the fewest threads within 5% of the fastest, which leave the most to the window. */
export function pickThreads(speeds: readonly ThreadSpeed[]): number | undefined {
  const best = Math.max(...speeds.map(({ tokensPerSecond }) => tokensPerSecond));
  const good = speeds.filter(({ tokensPerSecond }) => tokensPerSecond >= best * 0.95);
  return good.length === 0 ? undefined : Math.min(...good.map(({ threads }) => threads));
}

/** Generates a few tokens at each thread count, in turns, and returns their speeds, best first. */
export async function measureThreads(
  model: LlamaModel,
  counts: readonly number[],
  options: { readonly signal: AbortSignal; readonly onProgress: (fraction: number) => void },
): Promise<readonly ThreadSpeed[]> {
  const all: Racer[] = [];
  try {
    for (const threads of counts) all.push(await createRacer(model, threads, options.signal));
    // The first pass reads the weights from disk; it tells nothing about threads.
    await all[0]?.run(0);
    await race(all, options);
    return all
      .flatMap(({ threads, typical }) => {
        const ms = typical();
        return ms === null ? [] : [{ threads, tokensPerSecond: 1000 / ms }];
      })
      .sort((a, b) => b.tokensPerSecond - a.tokensPerSecond);
  } finally {
    for (const racer of all) await racer.dispose();
  }
}

async function race(
  all: readonly Racer[],
  options: { readonly signal: AbortSignal; readonly onProgress: (fraction: number) => void },
): Promise<void> {
  let racers = all;
  const end = performance.now() + budget;
  while (performance.now() < end) {
    for (const racer of racers) {
      options.signal.throwIfAborted();
      if (performance.now() >= end) return;
      await racer.run(turn);
      options.onProgress(1 - Math.max(0, end - performance.now()) / budget);
    }
    racers = withoutLosers(racers);
    if (racers.length === 1 || racers.every((racer) => racer.samples() >= enoughSamples)) return;
  }
}

interface Racer {
  readonly threads: number;
  /** Generates for about `ms`, at least one token. */
  run(ms: number): Promise<void>;
  /** Mean time of a token, ms, without the slowest tenth: those waited for other programs. Two threads are now fast, now slow; only the mean tells. */
  typical(): number | null;
  samples(): number;
  dispose(): Promise<void>;
}

async function createRacer(model: LlamaModel, threads: number, signal: AbortSignal): Promise<Racer> {
  const context: LlamaContext = await model.createContext({
    contextSize: window,
    batchSize: 8,
    threads,
    createSignal: signal,
  });
  const sequence = context.getSequence();
  const first = (model.tokens.bos ?? model.tokens.nl ?? model.tokens.eos ?? 0) as Token;
  const times: number[] = [];
  let tokens: AsyncGenerator<Token, void, undefined | Token | Token[]> | undefined;

  const step = async () => {
    if (sequence.nextTokenIndex > window - 8) {
      await tokens?.return();
      tokens = undefined;
      await sequence.clearHistory();
    }
    tokens ??= sequence.evaluate([first], { temperature: 0, yieldEogToken: true });
    const begin = performance.now();
    await tokens.next();
    return performance.now() - begin;
  };

  return {
    threads,
    async run(ms) {
      if (ms === 0) return void (await step());
      const end = performance.now() + ms;
      // The first token of a turn pays for what the other counts did to the caches; a slow model does not notice.
      const first = await step();
      if (first > ms) return void times.push(first);
      do {
        times.push(await step());
      } while (performance.now() < end);
    },
    typical() {
      const kept = times.toSorted((a, b) => a - b).slice(0, Math.ceil(times.length * 0.9));
      return kept.length === 0 ? null : kept.reduce((sum, ms) => sum + ms, 0) / kept.length;
    },
    samples: () => times.length,
    async dispose() {
      await tokens?.return();
      await context.dispose();
    },
  };
}

/** Counts that are clearly slower than the best get no more turns; far slower ones not even a second look. */
function withoutLosers(racers: readonly Racer[]): Racer[] {
  const best = racers.reduce((a, b) => (typicalOf(b) < typicalOf(a) ? b : a));
  return racers.filter((racer) => {
    if (racer.samples() >= minSamples) return typicalOf(racer) < typicalOf(best) * 1.5;
    // Fewer threads cannot be this much slower by themselves: something else was running.
    return racer.threads < best.threads || typicalOf(racer) < typicalOf(best) * 4;
  });
}

const typicalOf = (racer: Racer) => racer.typical() ?? Number.POSITIVE_INFINITY;
