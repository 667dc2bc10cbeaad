import { unzipSync } from 'fflate';
import { limits, refused } from '../limits.ts';

/** Names of all parts of a packed document, and the content of those that are wanted. */
export interface Unpacked {
  readonly names: readonly string[];
  readonly parts: ReadonlyMap<string, Buffer>;
}

/** Unpacks the wanted parts, as far as their sizes are bearable: a small file can claim to hold a world. */
export function unzip(bytes: Buffer, wanted: (name: string) => boolean): Unpacked {
  const names: string[] = [];
  let unpacked = 0;
  const take = ({ name, originalSize }: { name: string; originalSize: number }) => {
    names.push(name);
    if (!wanted(name)) return false;
    unpacked += originalSize;
    if (unpacked > limits.unpacked)
      throw refused('It would unpack to far more than a document holds, as a trap would. It was left alone.');
    return true;
  };
  try {
    // Each part gets the room that it claims and no more.
    const parts = Object.entries(unzipSync(bytes, { filter: take }));
    return { names, parts: new Map(parts.map(([name, data]) => [name, Buffer.from(data)])) };
  } catch (error) {
    if ((error as { name?: unknown }).name === 'InklingError') throw error;
    throw refused('It is damaged: it cannot be unpacked. Save or download it again.');
  }
}
