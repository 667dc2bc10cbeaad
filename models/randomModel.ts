import { quantize } from './quantize.ts';
import { createRandom, type Random } from './random.ts';
import { chatTemplate, type TemplateKind } from './templates.ts';
import { buildTokenizer, type Tokenizer } from './tokenizer.ts';
import { vocabularyRows } from './vocabularyRows.ts';
import { words } from './words.ts';
import { type GgufTensor, type GgufValue, type TensorType, tensorBytes, writeGguf } from './writeGguf.ts';

/** The measures of a llama model. Row lengths must be multiples of 32 for block formats. */
export interface Shape {
  readonly type: TensorType;
  readonly embedding: number;
  readonly layers: number;
  readonly heads: number;
  readonly kvHeads: number;
  readonly feedForward: number;
  /** Tokens in the vocabulary; filled up with unused ones. 0: only the real ones. */
  readonly vocabulary: number;
}

/** Ready shapes: `tiny` for tests and the first start (about 2 MB), the others for benchmarks. */
export const shapes = {
  tiny: { type: 'F16', embedding: 128, layers: 2, heads: 4, kvHeads: 2, feedForward: 256, vocabulary: 0 },
  '0.1B': {
    type: 'Q8_0',
    embedding: 768,
    layers: 12,
    heads: 12,
    kvHeads: 4,
    feedForward: 2048,
    vocabulary: 32_000,
  },
  '0.5B': {
    type: 'Q8_0',
    embedding: 1024,
    layers: 24,
    heads: 16,
    kvHeads: 8,
    feedForward: 4096,
    vocabulary: 64_000,
  },
} as const satisfies Record<string, Shape>;
export type ShapeName = keyof typeof shapes;

export interface RandomModelOptions {
  readonly shape?: ShapeName | Shape;
  readonly seed?: number;
  readonly template?: TemplateKind;
  /** The model thinks before it answers; follows the template if not given. */
  readonly thinks?: boolean;
  /** Tokens it claims to have been trained for. */
  readonly contextLength?: number;
  readonly name?: string;
  /** Never ends an answer by itself: for long measurements. */
  readonly endless?: boolean;
}

/** Writes a model with random weights which strings words together at random; the same options give the same bytes. */
export async function writeRandomModel(path: string, options: RandomModelOptions = {}): Promise<void> {
  const shape = typeof options.shape === 'object' ? options.shape : shapes[options.shape ?? 'tiny'];
  const template = options.template ?? 'chatml';
  const opened = template === 'opensThought' || template === 'alwaysThinks';
  const tokenizer = buildTokenizer(words, shape.vocabulary, opened);
  const random = createRandom(options.seed ?? 1);
  const thinks = options.thinks ?? (template === 'thinking' || opened);
  await writeGguf(
    path,
    metadata(shape, tokenizer, { ...options, template }),
    tensors(shape, tokenizer, random, { thinks, opened, endless: options.endless ?? false }),
  );
}

const fileTypes = { F32: 0, F16: 1, Q4_0: 2, Q8_0: 7 } as const;

function metadata(
  shape: Shape,
  tokenizer: Tokenizer,
  options: RandomModelOptions & { template: TemplateKind },
): Record<string, GgufValue> {
  const template = chatTemplate(options.template);
  const uint = (value: number): GgufValue => ({ type: 'uint32', value });
  const text = (value: string): GgufValue => ({ type: 'string', value });
  return {
    'general.architecture': text('llama'),
    'general.name': text(options.name ?? 'Random words (test model)'),
    'general.description': text('Random weights: it strings words together without any meaning.'),
    'general.license': text('mit'),
    'general.file_type': uint(fileTypes[shape.type]),
    'general.quantization_version': uint(2),
    'llama.context_length': uint(options.contextLength ?? 32_768),
    'llama.embedding_length': uint(shape.embedding),
    'llama.block_count': uint(shape.layers),
    'llama.feed_forward_length': uint(shape.feedForward),
    'llama.attention.head_count': uint(shape.heads),
    'llama.attention.head_count_kv': uint(shape.kvHeads),
    'llama.attention.layer_norm_rms_epsilon': { type: 'float32', value: 1e-5 },
    'llama.rope.dimension_count': uint(shape.embedding / shape.heads),
    'llama.rope.freq_base': { type: 'float32', value: 10_000 },
    'llama.vocab_size': uint(tokenizer.tokens.length),
    'tokenizer.ggml.model': text('gpt2'),
    'tokenizer.ggml.pre': text('qwen2'),
    'tokenizer.ggml.tokens': { type: 'strings', value: tokenizer.tokens },
    'tokenizer.ggml.token_type': { type: 'int32s', value: tokenizer.types },
    'tokenizer.ggml.merges': { type: 'strings', value: tokenizer.merges },
    'tokenizer.ggml.eos_token_id': uint(tokenizer.id('<|im_end|>')),
    'tokenizer.ggml.padding_token_id': uint(tokenizer.id('<|endoftext|>')),
    'tokenizer.ggml.add_bos_token': { type: 'bool', value: false },
    ...(template === null ? {} : { 'tokenizer.chat_template': text(template) }),
  };
}

function tensors(
  shape: Shape,
  tokenizer: Tokenizer,
  random: Random,
  behaviour: { thinks: boolean; opened: boolean; endless: boolean },
): GgufTensor[] {
  const { embedding: n, feedForward, layers } = shape;
  const kv = (n / shape.heads) * shape.kvHeads;
  const ones = (name: string): GgufTensor => ({
    name,
    type: 'F32',
    shape: [n],
    chunks: () => [quantize('F32', new Float32Array(n).fill(1))],
  });
  const noise = createNoise(shape.type, random);
  const { input, output } = vocabularyRows(tokenizer, n, random, behaviour);
  const table = (name: string, rows: readonly (Float32Array | null)[]): GgufTensor => ({
    name,
    type: shape.type,
    shape: [n, tokenizer.tokens.length],
    chunks: () => encodeRows(shape.type, n, rows),
  });
  // What a layer adds stays small beside the token itself, so that activations neither grow nor vanish with depth.
  const block = (index: number): GgufTensor[] => [
    ones(`blk.${index}.attn_norm.weight`),
    noise(`blk.${index}.attn_q.weight`, [n, n], 1),
    noise(`blk.${index}.attn_k.weight`, [n, kv], 1),
    noise(`blk.${index}.attn_v.weight`, [n, kv], 1),
    noise(`blk.${index}.attn_output.weight`, [n, n], 0.5 / Math.sqrt(layers)),
    ones(`blk.${index}.ffn_norm.weight`),
    noise(`blk.${index}.ffn_gate.weight`, [n, feedForward], 1),
    noise(`blk.${index}.ffn_up.weight`, [n, feedForward], 1),
    noise(`blk.${index}.ffn_down.weight`, [feedForward, n], 0.5 / Math.sqrt(layers)),
  ];
  return [
    table('token_embd.weight', input),
    ...Array.from({ length: layers }, (_, index) => block(index)).flat(),
    ones('output_norm.weight'),
    table('output.weight', output),
  ];
}

/** Rows one after another; null is a row of zeros. */
function* encodeRows(
  type: TensorType,
  length: number,
  rows: readonly (Float32Array | null)[],
): Iterable<Uint8Array> {
  const zeros = quantize(type, new Float32Array(length));
  for (const row of rows) yield row ? quantize(type, row) : zeros;
}

/** Makes big random matrices fast: one random stretch, repeated. Its length is prime, so that no two rows are equal. */
function createNoise(type: TensorType, random: Random) {
  const stretches = new Map<number, Uint8Array>();
  const stretchOf = (deviation: number) => {
    const known = stretches.get(deviation);
    if (known) return known;
    const made = quantize(
      type,
      Float32Array.from({ length: 1021 * 32 }, () => random.normal() * deviation),
    );
    stretches.set(deviation, made);
    return made;
  };
  return (name: string, shape: readonly [number, number], gain: number): GgufTensor => {
    const stretch = stretchOf(gain / Math.sqrt(shape[0]));
    return { name, type, shape, chunks: () => repeat(stretch, tensorBytes(type, shape[0] * shape[1])) };
  };
}

function* repeat(stretch: Uint8Array, size: number): Iterable<Uint8Array> {
  for (let left = size; left > 0; left -= stretch.length)
    yield stretch.subarray(0, Math.min(left, stretch.length));
}
