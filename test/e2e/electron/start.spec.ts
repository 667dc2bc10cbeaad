import { join } from 'node:path';
import { _electron, expect, test } from '@playwright/test';
import { electronBinary } from '../../../scripts/lib/electron.mjs';
import { makeDir, removeDir } from '../../hosts/browser/startHost.ts';

const binary = electronBinary();
const root = join(import.meta.dirname, '../../..');

test('the desktop app opens its window', async () => {
  test.skip(!binary, "Electron's program is not on this machine (node_modules/electron/dist)");
  const dataDir = makeDir();
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const app = await _electron.launch({
    ...(binary && { executablePath: binary }),
    args: [...sandbox, root, '--data-dir', dataDir],
  });
  try {
    const window = await app.firstWindow();
    await expect(window).toHaveTitle(/Inkling/);
    await expect(window.getByRole('textbox').first()).toBeVisible();
  } finally {
    await app.close();
    removeDir(dataDir);
  }
});
