import type { Fit } from '../../contract/hub.ts';

const KiB = 1024;
const GB = 1e9;
/** Memory for the engine itself and for the numbers of one step, in bytes. */
const overhead = 300e6;
/** The share of the memory that a model may take before the system itself suffers. */
const mostOfAll = 0.85;
const mostOfFree = 0.9;
/** Where the system does not tell what is free: the share of all memory that is likely to be. */
const likelyFree = 0.6;

/** The memory of a machine in bytes; `free` is null where the system does not tell it in a useful way. */
export interface Memory {
  readonly total: number;
  readonly free: number | null;
}

/** Whether a model of that size fits, by its file, an estimate of its cache, and the memory of the machine. Pure. */
export function estimateFit(input: {
  /** Bytes of all files of the model; null if unknown. */
  readonly size: number | null;
  /** Bytes of cache for 1,024 tokens; null leaves it to an estimate on the safe side. */
  readonly kvBytesPer1024Tokens: number | null;
  /** The window in tokens. */
  readonly contextSize: number;
  readonly memory: Memory;
}): Fit {
  const { size, kvBytesPer1024Tokens, contextSize, memory } = input;
  if (size === null)
    return {
      word: 'unknown',
      memory: null,
      contextSize,
      reason: 'The size of this file is not known, so whether it fits is not known either.',
    };
  const cache = ((kvBytesPer1024Tokens ?? likelyCache(size)) * contextSize) / 1024;
  const needed = Math.round(size + cache + overhead);
  const free = memory.free ?? memory.total * likelyFree;
  const word = needed > memory.total * mostOfAll ? 'no' : needed <= free * mostOfFree ? 'well' : 'tight';
  return { word, memory: needed, contextSize, reason: reasonFor(word, needed, memory, contextSize) };
}

/** Small models keep about 56 KiB of cache a token for each GB of their file, and those of 3 to 9 billion parameters up to 144. */
function likelyCache(size: number): number {
  return Math.min(144, 56 * (size / GB)) * KiB * 1024;
}

function reasonFor(word: Fit['word'], needed: number, { total, free }: Memory, contextSize: number): string {
  const need = `Needs about ${inGB(needed)} GB of memory with a window of ${contextSize} tokens`;
  const have =
    free === null ? `this machine has ${inGB(total)} GB` : `${inGB(free)} of ${inGB(total)} GB are free`;
  return `${need}; ${have}.${word === 'tight' ? ' Close other programs first.' : ''}`;
}

const inGB = (bytes: number) => (bytes / GB).toFixed(1);
