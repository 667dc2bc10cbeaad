import { readFile, rename, truncate, writeFile } from 'node:fs/promises';
import { writeGguf } from '../../models/writeGguf.ts';

/** Values in a row and rows of its one tensor: a little more than a billion parameters. */
const side = 32_768;
const tensorBytes = ((side * side) / 32) * 18;
const alignment = 32;

/** Writes the header of a model of a billion parameters; its weights are a hole in the file, which takes no room. */
export async function writeLargeModel(path: string): Promise<void> {
  const number = (value: number) => ({ type: 'uint32' as const, value });
  const partial = `${path}.header`;
  await writeGguf(
    partial,
    {
      'llama.context_length': number(4096),
      'llama.embedding_length': number(side),
      'llama.block_count': number(1),
      'llama.attention.head_count': number(32),
      // The last one: what follows its letters is padding.
      'general.architecture': { type: 'string', value: 'llama' },
    },
    [],
  );
  const padded = await readFile(partial);
  const header = Buffer.concat([padded.subarray(0, padded.lastIndexOf('llama') + 'llama'.length), tensor()]);
  // How many tensors there are stands behind the mark and the version.
  header.writeBigUInt64LE(1n, 8);
  await writeFile(partial, header);
  await truncate(partial, Math.ceil(header.length / alignment) * alignment + tensorBytes);
  await rename(partial, path);
}

function tensor(): Buffer {
  const name = Buffer.from('token_embd.weight');
  const info = Buffer.alloc(8 + name.length + 4 + 8 + 8 + 4 + 8);
  let at = info.writeBigUInt64LE(BigInt(name.length), 0);
  at += name.copy(info, at);
  at = info.writeUInt32LE(2, at);
  at = info.writeBigUInt64LE(BigInt(side), at);
  at = info.writeBigUInt64LE(BigInt(side), at);
  // Q4_0; the data begin right after the header.
  info.writeUInt32LE(2, at);
  return info;
}
