import { InklingError } from '../../contract/errors.ts';
import type { ByteSource } from './byteSource.ts';

/** Reads 4 bytes as a number. */
export async function readUint32(source: ByteSource): Promise<number> {
  return (await source.read(4)).readUInt32LE();
}

/** Reads 8 bytes as a number; beyond 2^53 it is not exact, and every limit is far below that. */
export async function readUint64(source: ByteSource): Promise<number> {
  return Number((await source.read(8)).readBigUInt64LE());
}

/** Reads a text of at most `limit` bytes. */
export async function readString(source: ByteSource, limit: number, what: string): Promise<string> {
  const length = await readUint64(source);
  if (length > limit)
    throw new InklingError(
      'model_invalid',
      `The file is damaged: ${what} claims to be ${length} bytes long. Download it again.`,
    );
  return (await source.read(length)).toString('utf8');
}
