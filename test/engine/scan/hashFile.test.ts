import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { appendFileSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashFile } from '../../../electron/engine/scan/hashFile.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'inkling-hash-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));
const never = new AbortController().signal;

async function hash(path: string) {
  let last: { read: number; sha256: string | null } | undefined;
  for await (const progress of hashFile(path, never)) last = progress;
  return last;
}

describe('hashFile', () => {
  it.each([0, 1, 4 * 1024 * 1024, 9_000_001])('answers the SHA-256 of %d bytes', async (size) => {
    const bytes = randomBytes(size);
    writeFileSync(join(dir, 'a'), bytes);
    expect(await hash(join(dir, 'a'))).toEqual({
      read: size,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    });
  });

  it('refuses what is no file, without waiting for it', async () => {
    execFileSync('mkfifo', [join(dir, 'pipe')]);
    symlinkSync('/dev/zero', join(dir, 'endless'));
    for (const name of ['pipe', 'endless', '.'])
      await expect(hash(join(dir, name)), name).rejects.toMatchObject({ code: 'model_invalid' });
    await expect(hash(join(dir, 'nothing'))).rejects.toMatchObject({ code: 'model_missing' });
  });

  it('gives no hash of a file that changes meanwhile', async () => {
    const path = join(dir, 'growing');
    writeFileSync(path, 'beginning');
    const reading = hashFile(path, never);
    await reading.next();
    appendFileSync(path, 'more');
    await expect(reading.next()).rejects.toMatchObject({
      code: 'model_invalid',
      message: expect.stringContaining('changed while'),
    });
  });

  it('stops when it is told to', async () => {
    const path = join(dir, 'long');
    writeFileSync(path, '');
    truncateSync(path, 20e9);
    const leave = new AbortController();
    const reading = hashFile(path, leave.signal);
    await reading.next();
    leave.abort();
    await expect(reading.next()).rejects.toMatchObject({ name: 'AbortError' });
  });
});
