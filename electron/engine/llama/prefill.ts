import type { Token } from 'node-llama-cpp';
import type { GenerateEvent } from '../contract.ts';
import { createStepSize } from '../stepSize.ts';
import type { Session } from './session.ts';

/** One step of reading a prompt should take about this long, ms: so long does Stop wait at most. */
const step = 150;
const reportEvery = 100;
/** While the speed is unknown: few, for a large model on a slow machine. */
const firstStep = 4;
/** Of fewer tokens at once the speed tells little. */
const leastTelling = 16;

/**
 * Brings the context to hold all of `tokens` but the last, from the best state there is of them. Yields progress when
 * it takes long; returns how many tokens were not read again. `stop` leaves it unfinished. The only way into the context:
 * the keeper always knows whose tokens it holds, once it was told by `expect`.
 */
export async function* prefill(
  session: Pick<Session, 'keeper' | 'sequence' | 'prefillSpeed'>,
  tokens: readonly Token[],
  signal: AbortSignal,
  stop: AbortSignal,
): AsyncGenerator<Extract<GenerateEvent, { type: 'prefill' }>, number> {
  const { keeper, prefillSpeed: speed } = session;
  await keeper.recall(tokens, AbortSignal.any([signal, stop]));
  signal.throwIfAborted();
  const { sequence } = session;
  const until = tokens.length - 1;
  await sequence.adaptStateToTokens(tokens.slice(0, until), false);
  const kept = sequence.nextTokenIndex;
  const started = performance.now();
  const most = sequence.context.batchSize;
  let reported = performance.now();
  const size = createStepSize(step, speed.tokensPerMs > 0 ? speed.tokensPerMs * step : firstStep, most);
  for (let done = kept; done < until && !stop.aborted; ) {
    signal.throwIfAborted();
    const count = Math.min(size.count, until - done);
    const begin = performance.now();
    await sequence.evaluateWithoutGeneratingNewTokens(tokens.slice(done, done + count));
    done += count;
    const now = performance.now();
    size.took(count, now - begin);
    if (count >= leastTelling) speed.tokensPerMs = count / Math.max(1, now - begin);
    if (now - reported < reportEvery) continue;
    reported = now;
    const leftMs = ((now - started) * (until - done)) / (done - kept);
    yield { type: 'prefill', done, total: tokens.length, leftMs };
  }
  return kept;
}
