import { InklingError } from '../../contract/errors.ts';
import { type ByteSource, OnlyBeginning, openSource } from './byteSource.ts';
import { checkMagic } from './magic.ts';
import { readTensors, type TensorFacts } from './readTensors.ts';
import { readValue, type Value } from './readValue.ts';
import { readString, readUint32, readUint64 } from './values.ts';

/** What the header of a model file says. Long texts are not kept: their keys map to null. */
export interface Header {
  readonly fileSize: number;
  readonly metadata: ReadonlyMap<string, Value | null>;
  readonly tensors: TensorFacts;
}

/** The properties of a file by their names. */
export type Metadata = Header['metadata'];

const limits = { entries: 65_536, keyLength: 1024, headerBytes: 192 * 1024 * 1024 };

/**
 * Reads the header of a GGUF file. Nothing in it is believed: every count and length is checked before anything is read
 * or kept, so that a hostile file costs little time and memory. Fails with `model_missing` or `model_invalid`.
 */
export async function readHeader(path: string): Promise<Header> {
  const source = await openSource(path);
  try {
    const { metadata, tensorCount } = await readMetadata(source, new Map());
    const tensors = await readTensors(source, tensorCount, alignmentOf(metadata), () => checkLength(source));
    return { fileSize: source.size, metadata, tensors };
  } finally {
    await source.close();
  }
}

/**
 * Reads what the beginning of a file of `wholeSize` bytes says; `complete` if all its properties lie in it. Fails with
 * `model_invalid` where it is no model file.
 */
export async function readBeginning(
  path: string,
  wholeSize: number,
): Promise<{ readonly metadata: Metadata; readonly complete: boolean }> {
  const source = await openSource(path, wholeSize);
  const metadata = new Map<string, Value | null>();
  try {
    await readMetadata(source, metadata);
    return { metadata, complete: true };
  } catch (error) {
    if (error instanceof OnlyBeginning) return { metadata, complete: false };
    throw error;
  } finally {
    await source.close();
  }
}

async function readMetadata(source: ByteSource, metadata: Map<string, Value | null>) {
  await checkMagic(source);
  const tensorCount = await readUint64(source);
  const entryCount = await readUint64(source);
  if (entryCount > limits.entries) throw damaged(`claims to have ${entryCount} properties`);
  for (let index = 0; index < entryCount; index++) {
    const key = await readString(source, limits.keyLength, 'a property name');
    const type = await readUint32(source);
    metadata.set(key, await readValue(source, type, key));
    checkLength(source);
  }
  return { metadata, tensorCount };
}

function alignmentOf(metadata: Metadata): number {
  const given = metadata.get('general.alignment') ?? 32;
  if (typeof given !== 'number' || given < 8 || given > 65_536 || given % 8 !== 0)
    throw damaged('has an impossible alignment');
  return given;
}

function checkLength(source: ByteSource): void {
  if (source.position > limits.headerBytes) throw damaged('has a header of more than 192 MB');
}

const damaged = (what: string) =>
  new InklingError('model_invalid', `The file is damaged: it ${what}. Download it again.`);
