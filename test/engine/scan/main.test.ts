import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scanContract } from '../../../electron/engine/scan/contract.ts';
import { writeRandomModel } from '../../../models/randomModel.ts';
import { startChild } from '../startEngine.ts';

describe('the scan process', () => {
  const { api, process: child, ended } = startChild('electron/engine/scan/main.ts', scanContract);
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'inkling-scan-'));
  });
  afterAll(async () => {
    child.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  });

  it('reads files one after another and refuses those that are none', async () => {
    const path = join(folder, 'a.gguf');
    await writeRandomModel(path, { name: 'A name' });
    const other = join(folder, 'b.gguf');
    await writeFile(other, 'hello');
    const [first, second] = await Promise.allSettled([
      api.scan.read({ path }),
      api.scan.read({ path: other }),
    ]);
    expect(first).toMatchObject({ value: { summary: { name: 'A name' }, split: null } });
    expect(second).toMatchObject({ reason: { code: 'model_invalid' } });
  });

  it('ends when its parent lets go of it', async () => {
    child.disconnect();
    expect(await ended).toMatchObject({ signal: 'SIGKILL' });
  });
});
