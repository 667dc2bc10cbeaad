import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { builtEntry, spawnHost } from '../hosts/browser/startHost.ts';
import { expect, test } from './app.ts';
import { seedChat } from './dataFolder.ts';
import { ask, chatList, chatNamed, lastText, questions, say, scripted, shot } from './page.ts';

test.use(scripted);

test('chats of a newer Inkling are refused in words and not touched', async ({ app }) => {
  await seedChat(app, 'Kept', ['say kept']);
  await app.stop();
  const file = join(app.dataDir, 'inkling.sqlite');
  const db = new DatabaseSync(file);
  db.exec('PRAGMA user_version = 999');
  db.close();
  const bytes = readFileSync(file);
  const { code, stderr } = await spawnHost(['--headless', '--port', '0', '--data-dir', app.dataDir], {
    entry: builtEntry,
  }).ended;
  expect(code).toBe(1);
  expect(stderr).toContain('were written by a newer Inkling');
  expect(readFileSync(file).equals(bytes)).toBe(true);
});

test('a damaged settings file costs the settings alone', async ({ app, startApp, page }) => {
  const { dataDir } = app;
  await seedChat(app, 'Kept', ['say kept']);
  await app.stop();
  const broken = '{"theme": "dark", "sampling": 7, "systemPrompt": ["?"], "si';
  writeFileSync(join(dataDir, 'settings.json'), broken);
  writeFileSync(join(dataDir, 'machine.json'), '\0\0\0');
  const again = await startApp({ dataDir });
  await page.goto(again.address);
  await chatNamed(page, 'Kept').click();
  await ask(page, 'say fine');
  await expect(lastText(page)).toHaveText('fine');
  await page.goto(`${again.url}/#/settings/general`);
  await page.getByRole('radio', { name: 'Dark' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test('a backup is made by hand and restored over sound chats, which are kept as a backup', async ({
  window,
  app,
}) => {
  await ask(window, 'say in the backup');
  await window.goto(`${app.url}/#/settings/data`);
  await window.getByRole('button', { name: 'Back up now' }).click();
  const backups = window.getByRole('list', { name: 'Backups' });
  await expect(backups.getByRole('listitem')).toHaveCount(1);
  await window.getByRole('button', { name: /^New chat/ }).click();
  await ask(window, 'say after the backup');
  await expect(chatList(window).locator('.chat-open')).toHaveCount(2);
  await window.goto(`${app.url}/#/settings/data`);
  await backups.getByRole('button', { name: /^Restore the backup of/ }).click();
  await shot(window, 'settings-restore');
  await window.getByRole('dialog').getByRole('button', { name: 'Confirm' }).click();
  await expect(chatList(window).locator('.chat-open')).toHaveCount(1);
  await expect(backups.getByRole('listitem')).toHaveCount(2);
  await expect(backups).toContainText('before a restore');
  await chatNamed(window, 'in the backup').click();
  await expect(questions(window)).toHaveCount(1);
  await say(window, 'say still');
  await expect(lastText(window)).toHaveText('still');
});
