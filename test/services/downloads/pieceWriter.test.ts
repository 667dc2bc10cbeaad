import { randomBytes } from 'node:crypto';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createPieceWriter } from '../../../electron/services/downloads/pieceWriter.ts';
import type { Range } from '../../../electron/services/downloads/ranges.ts';

/** Bytes with a memory of their own, as they come from the network. */
const chunk = (size: number) => {
  const own = Buffer.from(new ArrayBuffer(size));
  randomBytes(size).copy(own);
  return own;
};

it('writes what it was given in its place, tells each stretch, and gives the memory back', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'inkling-test-'));
  const handle = await open(join(dir, 'part'), 'w+');
  const told: Range[] = [];
  try {
    const writer = createPieceWriter({
      handle,
      start: 100,
      batch: 250_000,
      wrote: async (range) => void told.push(range),
    });
    const chunks = Array.from({ length: 12 }, (_, at) => chunk(60_000 + at));
    const wanted = Buffer.concat(chunks);
    for (const each of chunks) await writer.add(each);
    await writer.finish();
    expect((await readFile(join(dir, 'part'))).subarray(100).equals(wanted)).toBe(true);
    expect(told[0]?.[0]).toBe(100);
    expect(told.at(-1)?.[1]).toBe(100 + wanted.length);
    for (const [at, [start]] of told.entries()) if (at > 0) expect(start).toBe(told[at - 1]?.[1]);
    expect(chunks.map(({ length }) => length)).toEqual(chunks.map(() => 0));
  } finally {
    await handle.close();
    await rm(dir, { recursive: true });
  }
});
