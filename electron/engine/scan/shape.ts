import type { ModelShape } from './contract.ts';
import type { Metadata } from './readHeader.ts';

/** What the properties of a file say about its build. */
export function shapeOf(metadata: Metadata): ModelShape {
  const architecture = textOf(metadata, 'general.architecture') ?? 'unknown';
  const count = (key: string) => numberOf(metadata, `${architecture}.${key}`, 1);
  const layers = count('block_count');
  const embedding = count('embedding_length');
  const heads =
    count('attention.head_count') ?? most(listOf(metadata, `${architecture}.attention.head_count`));
  const perHead = embedding !== null && heads !== null ? embedding / heads : null;
  const all = count('expert_count');
  return {
    architecture,
    kind: kindOf(textOf(metadata, 'general.type')),
    name: textOf(metadata, 'general.name'),
    contextLength: count('context_length'),
    layers,
    embedding,
    heads,
    kvHeads: kvHeadsOf(metadata, architecture, layers, heads),
    keyLength: count('attention.key_length') ?? perHead,
    valueLength: count('attention.value_length') ?? perHead,
    slidingWindow: count('attention.sliding_window'),
    vocabulary: count('vocab_size') ?? lengthOf(metadata, 'tokenizer.ggml.tokens'),
    experts: all === null ? null : { all, used: count('expert_used_count') ?? all },
    sampling: samplingOf(metadata),
  };
}

/** Whether the properties read so far are enough to tell what memory the model needs. */
export const tellsEnough = ({ kind, kvHeads, keyLength, vocabulary }: ModelShape): boolean =>
  kind !== 'model' || (kvHeads !== null && keyLength !== null && vocabulary !== null);

function kvHeadsOf(
  metadata: Metadata,
  architecture: string,
  layers: number | null,
  heads: number | null,
): number[] | null {
  const key = `${architecture}.attention.head_count_kv`;
  const list = listOf(metadata, key);
  if (list) return list.every((value) => value >= 0 && value <= 65_536) ? list : null;
  const each = numberOf(metadata, key, 0) ?? heads;
  return each === null || layers === null || layers > 10_000 ? null : Array<number>(layers).fill(each);
}

/** The names that converters of models write. */
const samplingKeys = {
  temperature: 'temp',
  topK: 'top_k',
  topP: 'top_p',
  minP: 'min_p',
  repeatPenalty: 'penalty_repeat',
} as const;

function samplingOf(metadata: Metadata): ModelShape['sampling'] {
  const found = Object.entries(samplingKeys).flatMap(([key, name]) => {
    const value = numberOf(metadata, `general.sampling.${name}`, 0);
    // A number of four bytes is not quite what its maker wrote.
    return value === null ? [] : [[key, Number(value.toPrecision(6))] as const];
  });
  return Object.fromEntries(found);
}

function kindOf(type: string | null): ModelShape['kind'] {
  if (type === null || type === 'model') return 'model';
  return type === 'adapter' ? 'adapter' : 'other';
}

function numberOf(metadata: Metadata, key: string, least: number): number | null {
  const value = metadata.get(key);
  return typeof value === 'number' && Number.isFinite(value) && value >= least ? value : null;
}

function textOf(metadata: Metadata, key: string): string | null {
  const value = metadata.get(key);
  return typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, 300) : null;
}

function listOf(metadata: Metadata, key: string): number[] | null {
  const value = metadata.get(key);
  return typeof value === 'object' && value?.numbers ? [...value.numbers] : null;
}

function lengthOf(metadata: Metadata, key: string): number | null {
  const value = metadata.get(key);
  return typeof value === 'object' ? (value?.length ?? null) : null;
}

const most = (list: readonly number[] | null) => (list && list.length > 0 ? Math.max(...list) : null);
