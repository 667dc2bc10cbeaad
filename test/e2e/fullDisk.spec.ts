import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { openClient } from '../client.ts';
import { test as appTest, expect } from './app.ts';
import { ask, lastAnswer, lastText, numbers, say, scripted, shot, stop } from './page.ts';

/** Makes a disk of 8 MB; null where this machine does not let tests mount one. */
function mountDisk(): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'inkling-disk-'));
  const size = ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', folder];
  if (process.platform === 'linux' && spawnSync('mount', size).status === 0) return folder;
  rmSync(folder, { recursive: true });
  return null;
}

/** Takes all room of a disk; the returned function gives it back. */
function fill(disk: string): () => void {
  const ballast = join(disk, 'ballast');
  for (const size of [65_536, 4096, 256, 1]) {
    try {
      for (;;) writeFileSync(ballast, Buffer.alloc(size), { flag: 'a' });
    } catch {
      // Full, as far as pieces of this size go.
    }
  }
  return () => rmSync(ballast);
}

const test = appTest.extend<{ disk: string | null }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures a fixture needs from this pattern
  disk: async ({}, use) => {
    const disk = mountDisk();
    await use(disk);
    if (disk === null) return;
    spawnSync('umount', ['-l', disk]);
    rmSync(disk, { recursive: true, force: true });
  },
});
test.use(scripted);

test('a disk that fills up in mid-answer is told, the answer goes on, and room brings all of it to disk', async ({
  disk,
  startApp,
  page: window,
}) => {
  test.skip(disk === null, 'this machine does not let tests mount a small disk');
  const app = await startApp({ dataDir: disk ?? '' });
  await window.goto(app.address);
  await ask(window, 'say before');
  await say(window, 'words 100000 1');
  await expect(lastText(window)).toContainText(' 50 ');
  const makeRoom = fill(app.dataDir);
  const banner = window.getByRole('alert').filter({ hasText: 'Saving does not work now.' });
  await expect(banner).toContainText('The disk is full');
  await shot(window, 'full-disk');

  const shown = await newest(window);
  await expect.poll(() => newest(window)).toBeGreaterThan(shown + 200);
  await expect(banner).toBeVisible();

  makeRoom();
  await expect(banner).toBeHidden();
  const resumed = await newest(window);
  await expect.poll(() => newest(window)).toBeGreaterThan(resumed + 200);
  await stop(window).click();
  await expect(lastAnswer(window).getByText('Stopped', { exact: true })).toBeVisible();
  const seen = await newest(window);
  await window.reload();
  await expect.poll(() => newest(window)).toBeGreaterThanOrEqual(seen);
  const last = await newest(window);

  await test.step('all of it is on the disk: after a kill it is there to the last word', async () => {
    await app.stop('SIGKILL');
    const again = await startApp({ dataDir: app.dataDir });
    const client = await openClient(again);
    const { conversations } = await client.conversations.list({});
    const { messages } = await client.conversations.messages({ id: conversations[0]?.id ?? '' });
    client.close();
    expect(messages.map(({ damaged }) => damaged)).not.toContain(true);
    expect(messages.at(-1)).toMatchObject({ state: 'stopped' });
    expect(messages.at(-1)?.text).toBe(numbers(last + 1));
  });
});

/** The last number of the answer as shown. */
const newest = async (page: Page) =>
  Number(/(\d+)\s*$/.exec((await lastText(page).textContent()) ?? '')?.[1] ?? -1);
