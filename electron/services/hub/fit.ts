import type { MeasuredSpeed } from '../../contract/engine.ts';
import type { Fit } from '../../contract/hub.ts';
import type { ModelShape } from '../../engine/scan/contract.ts';
import { estimateMemory, sumOf } from '../machine/estimate.ts';
import { expectedSpeed } from '../machine/experience.ts';
import { judge, type Room } from '../machine/judge.ts';

/** What this machine is and showed. */
export interface Machine {
  readonly room: Room;
  /** By how much estimates of memory were wrong here so far. */
  readonly memoryFactor: number;
  readonly speeds: readonly MeasuredSpeed[];
}

const tokens = new Intl.NumberFormat('en');

/** Whether a model of that size fits, by what is known of its build, and about how fast it will be. Pure. */
export function estimateFit(input: {
  /** Bytes of all files of the model; null if unknown. */
  readonly size: number | null;
  /** What its header says; null while that was not read. */
  readonly shape: ModelShape | null;
  /** Bytes of cache for 1,024 tokens where they were measured. */
  readonly kvBytesPer1024Tokens: number | null;
  /** The window in tokens. */
  readonly contextSize: number;
  readonly machine: Machine;
}): Fit {
  const { size, shape, contextSize, kvBytesPer1024Tokens, machine } = input;
  if (size === null)
    return {
      word: 'unknown',
      memory: null,
      contextSize,
      reason: 'The size of this file is not known, so whether it fits is not known either.',
      tokensPerSecond: null,
    };
  const parts = estimateMemory({ size, shape, contextSize, kvBytesPer1024Tokens });
  const needed = Math.round(sumOf(parts) * machine.memoryFactor);
  const { word, reason } = judge(
    needed,
    machine.room,
    `with a window of ${tokens.format(contextSize)} tokens`,
  );
  // What does not fit is read from the disk again for every word: no figure would be honest.
  const speed = word === 'no' ? null : expectedSpeed(machine.speeds, size * shareRead(shape));
  return { word, memory: needed, contextSize, reason, tokensPerSecond: speed };
}

/** The share of the weights that is read for one token: not all experts work on each. */
function shareRead(shape: ModelShape | null): number {
  if (!shape?.experts) return 1;
  const { all, used } = shape.experts;
  // What is no expert is read always: about a quarter of such models.
  return Math.min(1, 0.25 + (0.75 * used) / all);
}
