import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readHeader } from '../../electron/engine/scan/readHeader.ts';
import { summarize } from '../../electron/engine/scan/summarize.ts';
import { writeRandomModel } from '../../models/randomModel.ts';

describe('random models', () => {
  let folder = '';
  const file = (name: string) => join(folder, name);
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'inkling-models-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('are the same, byte by byte, for the same seed, and differ for another', async () => {
    await writeRandomModel(file('a'), { seed: 4 });
    await writeRandomModel(file('b'), { seed: 4 });
    await writeRandomModel(file('c'), { seed: 5 });
    const [a, b, c] = await Promise.all(['a', 'b', 'c'].map((name) => readFile(file(name))));
    expect(a?.equals(b as Buffer)).toBe(true);
    expect(a?.equals(c as Buffer)).toBe(false);
  });

  it('are small by default and say honestly what they are', async () => {
    await writeRandomModel(file('tiny'));
    expect((await stat(file('tiny'))).size).toBeLessThan(3_000_000);
    expect(summarize(await readHeader(file('tiny')))).toMatchObject({ name: 'Random words (test model)' });
  });

  for (const type of ['F32', 'F16', 'Q8_0', 'Q4_0'] as const) {
    it(`are well-formed in ${type}`, async () => {
      const shape = {
        type,
        embedding: 64,
        layers: 1,
        heads: 2,
        kvHeads: 1,
        feedForward: 128,
        vocabulary: 4096,
      };
      await writeRandomModel(file(type), { shape, contextLength: 1024 });
      expect(summarize(await readHeader(file(type)))).toMatchObject({
        quantization: type,
        contextLength: 1024,
      });
    });
  }

  it('leave no half-written file behind', async () => {
    const shape = {
      type: 'Q8_0' as const,
      embedding: 48,
      layers: 1,
      heads: 1,
      kvHeads: 1,
      feedForward: 32,
      vocabulary: 0,
    };
    await expect(writeRandomModel(file('bad'), { shape })).rejects.toThrow('multiple of 32');
    await expect(stat(file('bad'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('can be made from the command line', async () => {
    const entry = fileURLToPath(new URL('../../models/randomModelCli.ts', import.meta.url));
    execFileSync(process.execPath, [entry, '--out', file('cli.gguf'), '--size', 'tiny']);
    expect(summarize(await readHeader(file('cli.gguf'))).architecture).toBe('llama');
    expect(() => execFileSync(process.execPath, [entry, '--size', 'huge'], { stdio: 'pipe' })).toThrow(
      'usage',
    );
  });
});
