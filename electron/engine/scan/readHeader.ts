import { InklingError } from '../../contract/errors.ts';
import { type ByteSource, openSource } from './byteSource.ts';
import { checkMagic } from './magic.ts';
import { readTensors, type TensorFacts } from './readTensors.ts';
import { readValue, type Scalar } from './readValue.ts';
import { readString, readUint32, readUint64 } from './values.ts';

/** What the header of a model file says. Arrays and long texts are not kept: their keys map to null. */
export interface Header {
  readonly fileSize: number;
  readonly metadata: ReadonlyMap<string, Scalar | null>;
  readonly tensors: TensorFacts;
}

const limits = { entries: 65_536, keyLength: 1024, headerBytes: 192 * 1024 * 1024 };

/**
 * Reads the header of a GGUF file. Nothing in it is believed: every count and length is checked before anything is read
 * or kept, so that a hostile file costs little time and memory. Fails with `model_missing` or `model_invalid`.
 */
export async function readHeader(path: string): Promise<Header> {
  const source = await openSource(path);
  try {
    await checkMagic(source);
    const tensorCount = await readUint64(source);
    const entryCount = await readUint64(source);
    if (entryCount > limits.entries) throw damaged(`claims to have ${entryCount} properties`);
    const metadata = new Map<string, Scalar | null>();
    for (let index = 0; index < entryCount; index++) {
      const key = await readString(source, limits.keyLength, 'a property name');
      const type = await readUint32(source);
      metadata.set(key, await readValue(source, type, key));
      checkLength(source);
    }
    const tensors = await readTensors(source, tensorCount, alignmentOf(metadata), () => checkLength(source));
    return { fileSize: source.size, metadata, tensors };
  } finally {
    await source.close();
  }
}

function alignmentOf(metadata: ReadonlyMap<string, Scalar | null>): number {
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
