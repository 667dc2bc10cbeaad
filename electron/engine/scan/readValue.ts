import { InklingError } from '../../contract/errors.ts';
import type { ByteSource } from './byteSource.ts';
import { readString, readUint32, readUint64 } from './values.ts';

/** One value of a header; of an array only its length is kept, and its numbers where they are few. */
export type Scalar = number | boolean | string;
export interface ArrayFacts {
  readonly length: number;
  readonly numbers: readonly number[] | null;
}
export type Value = Scalar | ArrayFacts;

const typeBytes: Readonly<Record<number, number>> = {
  0: 1,
  1: 1,
  2: 2,
  3: 2,
  4: 4,
  5: 4,
  6: 4,
  7: 1,
  10: 8,
  11: 8,
  12: 8,
};
const stringType = 8;
const arrayType = 9;
const limits = {
  /** Texts are kept up to this length; longer ones (chat templates, say) are skipped. */
  keptText: 16_384,
  textLength: 64 * 1024 * 1024,
  arrayTexts: 4_000_000,
  /** Numbers of an array that are kept: there are lists with one for each layer. */
  keptNumbers: 1024,
};

const damaged = (key: string, what: string) =>
  new InklingError(
    'model_invalid',
    `The file is damaged: the property "${key.slice(0, 60)}" ${what}. Download it again.`,
  );

/** Reads one metadata value; long texts are passed over and give null. */
export async function readValue(source: ByteSource, type: number, key: string): Promise<Value | null> {
  if (type === stringType) return readText(source, key);
  if (type === arrayType) return readArray(source, key);
  const size = typeBytes[type];
  if (size === undefined) throw damaged(key, `has an unknown type (${type})`);
  return decode(await source.read(size), type);
}

function decode(bytes: Buffer, type: number): Scalar {
  switch (type) {
    case 0:
      return bytes.readUInt8();
    case 1:
      return bytes.readInt8();
    case 2:
      return bytes.readUInt16LE();
    case 3:
      return bytes.readInt16LE();
    case 4:
      return bytes.readUInt32LE();
    case 5:
      return bytes.readInt32LE();
    case 6:
      return bytes.readFloatLE();
    case 7:
      return bytes.readUInt8() !== 0;
    case 10:
      return Number(bytes.readBigUInt64LE());
    case 11:
      return Number(bytes.readBigInt64LE());
    default:
      return bytes.readDoubleLE();
  }
}

async function readText(source: ByteSource, key: string): Promise<string | null> {
  const length = (await source.peek(8)).readBigUInt64LE();
  if (length <= limits.keptText) return readString(source, limits.keptText, `the property "${key}"`);
  if (length > limits.textLength) throw damaged(key, `claims to be a text of ${length} bytes`);
  source.skip(8 + Number(length));
  return null;
}

async function readArray(source: ByteSource, key: string): Promise<ArrayFacts> {
  const type = await readUint32(source);
  const length = await readUint64(source);
  // llama.cpp knows no arrays within arrays either.
  if (type === arrayType) throw damaged(key, 'is an array of arrays');
  if (type === stringType) {
    await skipTexts(source, key, length);
    return { length, numbers: null };
  }
  const size = typeBytes[type];
  if (size === undefined) throw damaged(key, `is an array of an unknown type (${type})`);
  if (length * size > source.size) throw damaged(key, `claims to be an array of ${length} values`);
  if (length > limits.keptNumbers) {
    source.skip(length * size);
    return { length, numbers: null };
  }
  const bytes = await source.read(length * size);
  const values = Array.from({ length }, (_, at) =>
    Number(decode(bytes.subarray(at * size, (at + 1) * size), type)),
  );
  return { length, numbers: values };
}

async function skipTexts(source: ByteSource, key: string, count: number): Promise<void> {
  if (count > limits.arrayTexts) throw damaged(key, `claims to be an array of ${count} texts`);
  for (let index = 0; index < count; index++) {
    // Waiting for every one of a few hundred thousand short texts would take seconds.
    const head = source.ready >= 8 ? source.take(8) : await source.read(8);
    const length = head.readUInt32LE(0) + head.readUInt32LE(4) * 0x1_0000_0000;
    if (length > limits.textLength) throw damaged(key, `holds a text that claims to be ${length} bytes long`);
    source.skip(length);
  }
}
