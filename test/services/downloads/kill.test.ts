import { spawn } from 'node:child_process';
import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { verifyData } from '../../../electron/services/storage/verifyData.ts';
import { type FakeHub, startHub } from '../../fakes/hub/startHub.ts';
import { tempFolder } from '../storage/tempFolder.ts';
import { file, openDownloads, repo, someBytes } from './openDownloads.ts';

const MB = 1_000_000;

/** Lets a child download; resolves when it is dead. `kill` ends it from outside. */
function downloadInChild(hub: FakeHub, dataDir: string, dieAt = '', name = file) {
  const script = join(import.meta.dirname, 'downloadUntilKilled.ts');
  const child = spawn(process.execPath, [script, dataDir, hub.url, repo, name, dieAt], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const dead = new Promise<NodeJS.Signals | null>((resolve) =>
    child.once('exit', (_code, signal) => resolve(signal)),
  );
  const kill = async () => {
    child.kill('SIGKILL');
    await dead;
  };
  onTestFinished(kill);
  return { dead, kill };
}

describe('kill -9', () => {
  it('at 40% costs at most a tenth of the file', async () => {
    const hub = await startHub();
    const bytes = someBytes(24 * MB);
    hub.put(repo, file, bytes);
    hub.rate = 4 * MB;
    const dataDir = tempFolder();
    const child = downloadInChild(hub, dataDir);
    await expect.poll(() => hub.sent, { timeout: 20_000, interval: 5 }).toBeGreaterThan(0.4 * bytes.length);
    await child.kill();
    expect(existsSync(join(dataDir, 'models', repo, file))).toBe(false);

    hub.rate = Number.POSITIVE_INFINITY;
    const downloads = openDownloads(hub, { dataDir });
    const done = await downloads.until(({ state }) => state === 'ready');
    expect(done.check).toBe('verified');
    expect(readFileSync(downloads.place()).equals(bytes)).toBe(true);
    expect(hub.sent - bytes.length).toBeLessThanOrEqual(0.1 * bytes.length);
  }, 60_000);

  it.each(['queued', 'resolving', 'downloading', '"done":[[0,', 'verifying', '"placed":true', 'ready'])(
    'right after it kept "%s" loses nothing and leaves no half file under the name',
    async (moment) => {
      const hub = await startHub();
      const bytes = someBytes(6 * MB);
      hub.put(repo, file, bytes);
      const dataDir = tempFolder();
      expect(await downloadInChild(hub, dataDir, moment).dead).toBe('SIGKILL');
      const final = join(dataDir, 'models', repo, file);
      if (existsSync(final)) expect(readFileSync(final).equals(bytes)).toBe(true);

      const downloads = openDownloads(hub, { dataDir });
      await downloads.until(({ state }) => state === 'ready');
      expect(readFileSync(final).equals(bytes)).toBe(true);
      expect(lstatSync(final).nlink).toBe(1);
      expect(downloads.files()).toEqual([file]);
      await downloads.close();
      expect(verifyData(dataDir)).toMatchObject({ ok: true, problems: [] });
    },
    60_000,
  );

  it('between the parts of a split model that get their names completes it', async () => {
    const hub = await startHub();
    const names = ['s-00001-of-00003.gguf', 's-00002-of-00003.gguf', 's-00003-of-00003.gguf'];
    for (const name of names) hub.put(repo, name, someBytes(MB));
    const dataDir = tempFolder();
    expect(await downloadInChild(hub, dataDir, '"placed":true', names[0]).dead).toBe('SIGKILL');
    expect(existsSync(join(dataDir, 'models', repo, names[0]!)), 'the first part comes last').toBe(false);
    const downloads = openDownloads(hub, { dataDir });
    await downloads.until(({ state }) => state === 'ready');
    expect(downloads.files().sort()).toEqual(names);
    expect(hub.sent).toBe(3 * MB);
  }, 60_000);
});
