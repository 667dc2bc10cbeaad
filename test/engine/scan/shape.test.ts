import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readBeginning, readHeader } from '../../../electron/engine/scan/readHeader.ts';
import { shapeOf, tellsEnough } from '../../../electron/engine/scan/shape.ts';
import { type GgufValue, writeGguf } from '../../../models/writeGguf.ts';
import { tempFolder } from '../../services/storage/tempFolder.ts';

const uint = (value: number): GgufValue => ({ type: 'uint32', value });
const float = (value: number): GgufValue => ({ type: 'float32', value });
const text = (value: string): GgufValue => ({ type: 'string', value });

async function write(metadata: Readonly<Record<string, GgufValue>>): Promise<string> {
  const path = join(tempFolder(), 'model.gguf');
  await writeGguf(path, { 'general.architecture': text('llama'), ...metadata }, []);
  return path;
}
const shape = async (metadata: Readonly<Record<string, GgufValue>>) =>
  shapeOf((await readHeader(await write(metadata))).metadata);

describe('the shape of a model', () => {
  it('follows from its properties, heads for each layer where they differ', async () => {
    const found = await shape({
      'llama.block_count': uint(3),
      'llama.embedding_length': uint(96),
      'llama.attention.head_count': uint(6),
      'llama.attention.head_count_kv': { type: 'int32s', value: [2, 0, 2] },
      'llama.expert_count': uint(8),
      'llama.expert_used_count': uint(2),
      'tokenizer.ggml.tokens': { type: 'strings', value: ['a', 'b', 'c'] },
    });
    expect(found).toMatchObject({
      kvHeads: [2, 0, 2],
      keyLength: 16,
      valueLength: 16,
      vocabulary: 3,
      experts: { all: 8, used: 2 },
    });
    expect(tellsEnough(found)).toBe(true);
  });

  it('takes as many heads for keys as for questions where the file names none', async () => {
    const found = await shape({ 'llama.block_count': uint(2), 'llama.attention.head_count': uint(4) });
    expect(found.kvHeads).toEqual([4, 4]);
    expect(tellsEnough(found)).toBe(false);
  });

  it('has the sampling that stands in the file, as its makers wrote it', async () => {
    const { sampling } = await shape({
      'general.sampling.temp': float(0.6),
      'general.sampling.top_k': { type: 'int32', value: 20 },
      'general.sampling.penalty_repeat': text('a lot'),
    });
    expect(sampling).toEqual({ temperature: 0.6, topK: 20 });
  });

  it('tells an adapter and other parts from a model', async () => {
    expect((await shape({})).kind).toBe('model');
    expect((await shape({ 'general.type': text('adapter') })).kind).toBe('adapter');
    expect((await shape({ 'general.type': text('mmproj') })).kind).toBe('other');
  });

  it('does not believe impossible numbers', async () => {
    const found = await shape({
      'llama.block_count': uint(4_000_000_000),
      'llama.attention.head_count': uint(0),
      'llama.attention.head_count_kv': uint(8),
    });
    expect(found).toMatchObject({ kvHeads: null, heads: null, keyLength: null });
  });
});

describe('the beginning of a file', () => {
  it('says whether all properties lie in it', async () => {
    const path = await write({ 'llama.block_count': uint(3) });
    expect(await readBeginning(path, 1e9)).toMatchObject({ complete: true });
    const whole = await readHeader(path);
    const { metadata, complete } = await readBeginning(path, whole.fileSize);
    expect([...metadata.keys()]).toEqual([...whole.metadata.keys()]);
    expect(complete).toBe(true);
  });
});
