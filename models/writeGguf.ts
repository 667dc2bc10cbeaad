import { type FileHandle, open, rename, rm } from 'node:fs/promises';

/** A metadata value with its GGUF type; plain strings, booleans and numbers cover all that our models need. */
export type GgufValue =
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'uint32' | 'int32' | 'float32'; readonly value: number }
  | { readonly type: 'strings'; readonly value: readonly string[] }
  | { readonly type: 'int32s' | 'float32s'; readonly value: readonly number[] };

/** Storage formats we can write; block formats need rows that are a multiple of 32. */
export type TensorType = 'F32' | 'F16' | 'Q8_0' | 'Q4_0';

/** One tensor; `shape` as in GGUF, row length first. `chunks` yields exactly {@link tensorBytes} bytes. */
export interface GgufTensor {
  readonly name: string;
  readonly type: TensorType;
  readonly shape: readonly number[];
  chunks(): Iterable<Uint8Array>;
}

const alignment = 32;
const tensorTypes = {
  F32: { id: 0, block: 1, bytes: 4 },
  F16: { id: 1, block: 1, bytes: 2 },
  Q4_0: { id: 2, block: 32, bytes: 18 },
  Q8_0: { id: 8, block: 32, bytes: 34 },
} as const;
const valueTypes = { uint32: 4, int32: 5, float32: 6, bool: 7, string: 8, array: 9 } as const;

/** Bytes that `elements` values take in a tensor of this type. */
export function tensorBytes(type: TensorType, elements: number): number {
  const { block, bytes } = tensorTypes[type];
  if (elements % block !== 0) throw new Error(`${type} needs a multiple of ${block} values, not ${elements}`);
  return (elements / block) * bytes;
}

/** Writes a GGUF v3 file, tensor data streamed chunk by chunk; the file gets its name only when it is complete. */
export async function writeGguf(
  path: string,
  metadata: Readonly<Record<string, GgufValue>>,
  tensors: readonly GgufTensor[],
): Promise<void> {
  const partial = `${path}.partial-${process.pid}`;
  const file = await open(partial, 'w');
  try {
    await writeAll(file, encodeHeader(metadata, tensors));
    for (const tensor of tensors) await writeTensor(file, tensor);
    await file.close();
    await rename(partial, path);
  } catch (error) {
    await file.close().catch(() => {});
    await rm(partial, { force: true });
    throw error;
  }
}

async function writeTensor(file: FileHandle, tensor: GgufTensor): Promise<void> {
  const size = tensorBytes(tensor.type, elementsOf(tensor));
  let written = 0;
  for (const chunk of tensor.chunks()) {
    await writeAll(file, chunk);
    written += chunk.length;
  }
  if (written !== size) throw new Error(`${tensor.name}: wrote ${written} bytes of ${size}`);
  await writeAll(file, new Uint8Array(padding(size)));
}

async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    done += (await file.write(bytes, done, bytes.length - done)).bytesWritten;
  }
}

const elementsOf = (tensor: GgufTensor) => tensor.shape.reduce((product, size) => product * size, 1);
const padding = (size: number) => (alignment - (size % alignment)) % alignment;

function encodeHeader(metadata: Readonly<Record<string, GgufValue>>, tensors: readonly GgufTensor[]): Buffer {
  const parts: Buffer[] = [Buffer.from('GGUF'), uint32(3), uint64(tensors.length)];
  const entries = Object.entries(metadata);
  parts.push(uint64(entries.length));
  for (const [key, value] of entries) parts.push(string(key), ...encodeValue(value));
  let offset = 0;
  for (const tensor of tensors) {
    const dims = tensor.shape.map(uint64);
    parts.push(string(tensor.name), uint32(dims.length), ...dims, uint32(tensorTypes[tensor.type].id));
    parts.push(uint64(offset));
    const size = tensorBytes(tensor.type, elementsOf(tensor));
    offset += size + padding(size);
  }
  const header = Buffer.concat(parts);
  return Buffer.concat([header, Buffer.alloc(padding(header.length))]);
}

function encodeValue(value: GgufValue): Buffer[] {
  switch (value.type) {
    case 'string':
      return [uint32(valueTypes.string), string(value.value)];
    case 'bool':
      return [uint32(valueTypes.bool), Buffer.from([value.value ? 1 : 0])];
    case 'uint32':
    case 'int32':
    case 'float32':
      return [uint32(valueTypes[value.type]), number(value.type, value.value)];
    case 'strings':
      return [...arrayHead('string', value.value.length), ...value.value.map(string)];
    case 'int32s':
      return [...arrayHead('int32', value.value.length), ...value.value.map((item) => number('int32', item))];
    case 'float32s':
      return [
        ...arrayHead('float32', value.value.length),
        ...value.value.map((item) => number('float32', item)),
      ];
  }
}

const arrayHead = (type: 'string' | 'int32' | 'float32', length: number) => [
  uint32(valueTypes.array),
  uint32(valueTypes[type]),
  uint64(length),
];

function number(type: 'uint32' | 'int32' | 'float32', value: number): Buffer {
  const bytes = Buffer.alloc(4);
  if (type === 'float32') bytes.writeFloatLE(value);
  else if (type === 'int32') bytes.writeInt32LE(value);
  else bytes.writeUInt32LE(value);
  return bytes;
}

function uint32(value: number): Buffer {
  return number('uint32', value);
}

function uint64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

function string(text: string): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([uint64(bytes.length), bytes]);
}
