import type { CacheType } from '../../contract/load.ts';
import type { ModelShape } from '../../engine/scan/contract.ts';

const KiB = 1024;
const GB = 1e9;
/** The engine's process without a model, in bytes. */
const engineItself = 150e6;
/** Working memory where the file does not tell its build. */
const likelyWorking = 300e6;
/** Tokens that are computed in one step at most. */
const batch = 512;
const valueBytes: Readonly<Record<CacheType, number>> = { f16: 2, q8_0: 34 / 32, q4_0: 18 / 32 };

/** Architectures whose layers look back only a window, except every n-th; any other counts in full. */
const fullLayerEvery: Readonly<Record<string, number>> = {
  gemma2: 2,
  gemma3: 6,
  gemma3n: 5,
  cohere2: 4,
  exaone4: 4,
  'gpt-oss': 2,
  llama4: 4,
};

/** What a model needs in memory, bytes. */
export interface MemoryParts {
  readonly weights: number;
  readonly cache: number;
  /** One step of the computation, and the engine itself. */
  readonly working: number;
}

/** What of a load its memory depends on. */
export interface MemoryQuestion {
  /** Bytes of all files. */
  readonly size: number;
  /** Null where only the file's size is known. */
  readonly shape: ModelShape | null;
  /** Tokens. */
  readonly contextSize: number;
  readonly cacheType?: CacheType;
  readonly flashAttention?: boolean;
  /** Bytes of cache for 1,024 tokens where they were measured. */
  readonly kvBytesPer1024Tokens?: number | null;
}

/** Estimates the memory of a load, on the safe side where something is not known. Pure. */
export function estimateMemory(question: MemoryQuestion): MemoryParts {
  const { size, shape, contextSize, flashAttention = true } = question;
  return {
    weights: size,
    cache: Math.round(cacheBytes(question)),
    working: Math.round(
      engineItself + (shape ? stepBytes(shape, contextSize, flashAttention) : likelyWorking),
    ),
  };
}

/** The parts together. */
export const sumOf = ({ weights, cache, working }: MemoryParts): number => weights + cache + working;

function cacheBytes({
  size,
  shape,
  contextSize,
  cacheType = 'f16',
  kvBytesPer1024Tokens = null,
}: MemoryQuestion): number {
  const share = valueBytes[cacheType] / valueBytes.f16;
  if (kvBytesPer1024Tokens !== null) return (kvBytesPer1024Tokens * contextSize * share) / 1024;
  const counted = shape && countedCache(shape, contextSize);
  return (counted ?? (likelyCache(size) * contextSize) / 1024) * share;
}

function countedCache(shape: ModelShape, contextSize: number): number | null {
  const { architecture, kvHeads, keyLength, valueLength, slidingWindow } = shape;
  if (kvHeads === null || keyLength === null || valueLength === null) return null;
  const every = fullLayerEvery[architecture];
  const shortTokens =
    every === undefined || slidingWindow === null
      ? contextSize
      : Math.min(contextSize, slidingWindow + batch);
  return kvHeads.reduce((sum, heads, layer) => {
    const tokens = every !== undefined && (layer + 1) % every !== 0 ? shortTokens : contextSize;
    return sum + tokens * heads * (keyLength + valueLength) * valueBytes.f16;
  }, 0);
}

function stepBytes(shape: ModelShape, contextSize: number, flashAttention: boolean): number {
  const { vocabulary, embedding, heads } = shape;
  const scores = flashAttention ? 0 : (heads ?? 32) * contextSize;
  return batch * 4 * ((vocabulary ?? 0) + 16 * (embedding ?? 0) + scores);
}

/** Small models keep about 56 KiB of cache a token for each GB of their file, and those of 3 to 9 billion parameters up to 144. */
function likelyCache(size: number): number {
  return Math.min(144, 56 * (size / GB)) * KiB * 1024;
}
