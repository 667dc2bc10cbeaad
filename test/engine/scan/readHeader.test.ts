import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InklingError } from '../../../electron/contract/errors.ts';
import { readHeader } from '../../../electron/engine/scan/readHeader.ts';
import { splitOf, summarize } from '../../../electron/engine/scan/summarize.ts';
import { createRandom } from '../../../models/random.ts';
import { writeRandomModel } from '../../../models/randomModel.ts';
import { type GgufValue, writeGguf } from '../../../models/writeGguf.ts';

let folder = '';
let valid: Buffer;
let small: Buffer;
const file = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inkling-scan-'));
  await writeRandomModel(file('valid.gguf'));
  valid = await readFile(file('valid.gguf'));
  const shape = {
    type: 'Q4_0' as const,
    embedding: 32,
    layers: 1,
    heads: 1,
    kvHeads: 1,
    feedForward: 32,
    vocabulary: 0,
  };
  await writeRandomModel(file('small.gguf'), { shape });
  small = await readFile(file('small.gguf'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const uint64 = (value: bigint) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(value);
  return bytes;
};
const uint32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
const text = (value: string) => Buffer.concat([uint64(BigInt(value.length)), Buffer.from(value)]);
/** A header with these counts, followed by these parts. */
const header = (tensors: bigint, entries: bigint, ...parts: Buffer[]) =>
  Buffer.concat([
    Buffer.from('GGUF'),
    uint32(3),
    uint64(tensors),
    uint64(entries),
    ...parts,
    Buffer.alloc(64),
  ]);

async function refusal(bytes: Buffer): Promise<InklingError> {
  await writeFile(file('case.gguf'), bytes);
  const error = await readHeader(file('case.gguf')).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof InklingError)) throw new Error(`not refused as it should be: ${String(error)}`);
  expect(error.code).toBe('model_invalid');
  return error;
}

describe('reading a header', () => {
  it('tells what the library shows of a model', async () => {
    const read = await readHeader(file('valid.gguf'));
    expect(summarize(read)).toEqual({
      architecture: 'llama',
      name: 'Random words (test model)',
      parameters: expect.any(Number),
      quantization: 'F16',
      contextLength: 32_768,
      layers: 2,
      embeddingLength: 128,
      hasChatTemplate: true,
      kind: 'model',
      sampling: {},
      license: 'mit',
    });
    expect(read.fileSize).toBe(valid.length);
    expect(splitOf(read)).toBeNull();
    expect(read.tensors.parameters * 2).toBeLessThan(valid.length);
  });

  it('reads a model through a link', async () => {
    await symlink(file('valid.gguf'), file('link.gguf'));
    expect(summarize(await readHeader(file('link.gguf'))).architecture).toBe('llama');
  });

  it('tells the part of a split model, and the format that most weights have', async () => {
    const metadata: Record<string, GgufValue> = {
      'general.architecture': { type: 'string', value: 'llama' },
      'split.no': { type: 'uint32', value: 1 },
      'split.count': { type: 'uint32', value: 3 },
    };
    const tensor = { name: 'a', type: 'Q8_0' as const, shape: [64, 2], chunks: () => [new Uint8Array(136)] };
    await writeGguf(file('part.gguf'), metadata, [tensor]);
    const read = await readHeader(file('part.gguf'));
    expect(splitOf(read)).toEqual({ no: 1, count: 3 });
    expect(summarize(read)).toMatchObject({ quantization: 'Q8_0', parameters: null, name: null });
  });

  it('names the missing file', async () => {
    await expect(readHeader(file('nothing.gguf'))).rejects.toMatchObject({ code: 'model_missing' });
  });

  it('refuses folders, and pipes without waiting for them', async () => {
    await mkdir(file('folder.gguf'));
    await expect(readHeader(file('folder.gguf'))).rejects.toMatchObject({
      code: 'model_invalid',
      message: expect.stringContaining('folder'),
    });
    if (process.platform === 'win32') return;
    execFileSync('mkfifo', [file('pipe.gguf')]);
    await expect(readHeader(file('pipe.gguf'))).rejects.toMatchObject({ code: 'model_invalid' });
    await expect(readHeader('/dev/zero')).rejects.toMatchObject({ code: 'model_invalid' });
  });

  const foreign: [string, Buffer, RegExp][] = [
    ['an empty file', Buffer.alloc(0), /empty/],
    ['a very short file', Buffer.from('GGUF'), /only 4 bytes/],
    ['zeros', Buffer.alloc(4096), /zeros/],
    ['a web page', Buffer.from('<!DOCTYPE html><html><body>Not found</body></html>'), /web page/],
    ['a Git LFS pointer', Buffer.from('version https://git-lfs.github.com/spec/v1\noid sha256:0'), /LFS/],
    ['a ZIP archive', Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(100)]), /ZIP/],
    [
      'a safetensors file',
      Buffer.concat([uint64(80n), Buffer.from(`{"a":1}${' '.repeat(80)}`)]),
      /safetensors/,
    ],
    ['a GGML file', Buffer.concat([Buffer.from('tjgg'), Buffer.alloc(100)]), /GGML/],
    ['the first GGUF version', Buffer.concat([Buffer.from('GGUF'), uint32(1), Buffer.alloc(90)]), /old/],
    ['a coming GGUF version', Buffer.concat([Buffer.from('GGUF'), uint32(9), Buffer.alloc(90)]), /newer/],
    ['a big-endian file', Buffer.concat([Buffer.from('GGUF\0\0\0\u0003'), Buffer.alloc(90)]), /big-endian/],
  ];
  for (const [name, bytes, reason] of foreign) {
    it(`says what it sees in ${name}`, async () => {
      expect((await refusal(bytes)).message).toMatch(reason);
    });
  }

  const key = text('a.b');
  const killers: [string, () => Buffer][] = [
    ['a key of 2^31 bytes', () => header(0n, 1n, uint64(2n ** 31n))],
    ['a key of 2^63 bytes', () => header(0n, 1n, uint64(2n ** 63n))],
    ['2^60 properties', () => header(0n, 2n ** 60n)],
    ['2^60 tensors', () => header(2n ** 60n, 0n)],
    ['a text of 2^40 bytes', () => header(0n, 1n, key, uint32(8), uint64(2n ** 40n))],
    ['an array of 2^60 bytes', () => header(0n, 1n, key, uint32(9), uint32(0), uint64(2n ** 60n))],
    ['an array of 2^60 texts', () => header(0n, 1n, key, uint32(9), uint32(8), uint64(2n ** 60n))],
    [
      'arrays within arrays',
      () =>
        header(
          0n,
          1n,
          key,
          uint32(9),
          ...Array.from({ length: 1e5 }, () => Buffer.concat([uint32(9), uint64(1n)])),
        ),
    ],
    ['an unknown type', () => header(0n, 1n, key, uint32(77))],
    ['an array of an unknown type', () => header(0n, 1n, key, uint32(9), uint32(77), uint64(1n))],
    ['no alignment', () => header(0n, 1n, text('general.alignment'), uint32(4), uint32(0))],
    ['too many dimensions', () => header(1n, 0n, text('t'), uint32(5_000_000))],
    [
      'a dimension of 2^62',
      () => header(1n, 0n, text('t'), uint32(1), uint64(2n ** 62n), uint32(0), uint64(0n)),
    ],
    [
      'a tensor beyond the file',
      () => header(1n, 0n, text('t'), uint32(1), uint64(32n), uint32(0), uint64(2n ** 50n)),
    ],
    [
      'a tensor at an odd place',
      () => header(1n, 0n, text('t'), uint32(1), uint64(32n), uint32(0), uint64(7n)),
    ],
    [
      'rows that do not fit their format',
      () => header(1n, 0n, text('t'), uint32(1), uint64(33n), uint32(8), uint64(0n)),
    ],
  ];
  for (const [name, bytes] of killers) {
    it(`refuses ${name} in words`, async () => {
      expect((await refusal(bytes())).message).toMatch(/damaged|cut off/);
    });
  }

  it('says how much of a cut-off file is there', async () => {
    await writeFile(file('cut.gguf'), valid);
    await truncate(file('cut.gguf'), Math.floor(valid.length / 2));
    await expect(readHeader(file('cut.gguf'))).rejects.toMatchObject({
      code: 'model_invalid',
      message: expect.stringMatching(/only (49|50)% of it is there/),
    });
  });

  it('refuses every file that ends within its header', async () => {
    for (const length of [24, 25, 100, 1000, 20_000, 60_000]) {
      expect((await refusal(valid.subarray(0, length))).message).toMatch(/cut off/);
    }
  });

  it('ends in a summary or a reason, quickly, whatever is changed in a header', async () => {
    const random = createRandom(20_261_123);
    let refused = 0;
    let slowest = 0;
    for (let round = 0; round < 600; round++) {
      await writeFile(file('mutant.gguf'), mutant(random, round));
      const begin = performance.now();
      const read = await readHeader(file('mutant.gguf')).then(summarize, (error: unknown) => error);
      slowest = Math.max(slowest, performance.now() - begin);
      if (!(read instanceof Error)) continue;
      expect(read).toBeInstanceOf(InklingError);
      expect((read as InklingError).code).toBe('model_invalid');
      refused++;
    }
    expect(refused).toBeGreaterThan(100);
    // A hang, not the speed of a busy machine, is what this is about.
    expect(slowest).toBeLessThan(2000);
  });
});

const extremes = [
  0n,
  1n,
  0x7fn,
  0xffn,
  0xffffn,
  2n ** 31n - 1n,
  2n ** 31n,
  2n ** 32n - 1n,
  2n ** 53n,
  2n ** 60n,
  2n ** 64n - 1n,
];

/** The header of a valid model with a few places changed; most changes fall where lengths and types stand. */
function mutant(random: ReturnType<typeof createRandom>, round: number): Buffer {
  const bytes = Buffer.from(small);
  const table = small.indexOf('token_embd.weight');
  for (let change = 0; change <= round % 4; change++) {
    const at =
      [24 + random.below(1000), table - 8 + random.below(1400), random.below(table)][random.below(3)] ?? 24;
    switch (random.below(3)) {
      case 0:
        bytes[at] = random.below(256);
        break;
      case 1:
        bytes.writeBigUInt64LE(extremes[random.below(extremes.length)] ?? 0n, at);
        break;
      default:
        bytes.writeUInt32LE(random.below(16), at);
    }
  }
  return random.below(8) === 0 ? bytes.subarray(0, random.below(bytes.length)) : bytes;
}
