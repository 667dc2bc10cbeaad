import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { builtEntry, spawnHost } from '../hosts/browser/startHost.ts';
import { expect, test } from './app.ts';
import { backUp, damageText, ruinDatabase, seedChat } from './dataFolder.ts';
import {
  answers,
  ask,
  chatList,
  chatNamed,
  composer,
  lastAnswer,
  lastText,
  palette,
  picker,
  place,
  questions,
  scripted,
  shot,
} from './page.ts';

test.use(scripted);

test('a damaged database leads to a screen that brings a backup back in three clicks', async ({
  app,
  startApp,
  page,
}) => {
  await seedChat(app, 'The kept chat', ['say kept words']);
  await backUp(app);
  await app.stop();
  const ruined = ruinDatabase(app.dataDir);
  const again = await startApp({ dataDir: app.dataDir });
  await page.goto(again.address);
  await expect(page.getByRole('heading', { name: 'Your chats cannot be opened' })).toBeVisible();
  await expect(page.getByText('the damaged file is kept in')).toContainText(app.dataDir);
  await shot(page, 'recovery');

  await test.step('everything but the chats works meanwhile', async () => {
    await place(page, 'Models').click();
    await page.getByRole('button', { name: 'Load Random words (test model)' }).click();
    await expect(page.getByRole('button', { name: 'Unload' })).toBeVisible();
    await place(page, 'Settings').click();
    await expect(page.getByRole('radio', { name: 'Dark' })).toBeEnabled();
    await expect(page.getByRole('list', { name: 'Backups' }).getByRole('listitem')).toContainText(
      '1 chat, 2 messages',
    );
    await page.goBack();
    await page.goBack();
  });

  await page.getByRole('button', { name: /^Restore the backup of/ }).click();
  await expect(page.getByRole('dialog')).toContainText('1 chat and 2 messages');
  await page.getByRole('dialog').getByRole('button', { name: 'Restore' }).click();
  await chatNamed(page, 'The kept chat').click();
  await expect(lastText(page)).toHaveText('kept words');
  await ask(page, 'say and on it goes');
  await expect(lastText(page)).toHaveText('and on it goes');
  expect(readFileSync(asideIn(app.dataDir))).toEqual(ruined);
  await place(page, 'Settings').click();
  const aside = page.getByRole('list', { name: 'Files put aside' }).getByRole('listitem');
  await expect(aside).toContainText('inkling.sqlite.damaged-');
  await expect(aside).toContainText(/\d KB/);
  await shot(page, 'put-aside');
  await aside.getByRole('button', { name: /^Delete inkling/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete for good' }).click();
  await expect(aside).toHaveCount(0);
  expect(readdirSync(app.dataDir).filter((name) => name.includes('damaged'))).toEqual([]);
});

test('starting fresh keeps the damaged file, and leaves its backups', async ({ app, startApp, page }) => {
  await seedChat(app, 'Gone with the file', ['say hello']);
  await app.stop();
  const ruined = ruinDatabase(app.dataDir);
  const again = await startApp({ dataDir: app.dataDir });
  await page.goto(again.address);
  await expect(page.getByText('There is no backup to restore.')).toBeVisible();

  await page.getByRole('button', { name: 'Start fresh' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('button', { name: 'Start fresh' })).toBeFocused();
  await page.getByRole('button', { name: 'Start fresh' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Start fresh' }).click();
  await expect(page.getByRole('heading', { name: 'A language model of your own' })).toBeVisible();
  await expect(chatList(page)).toContainText('Your chats will be listed here.');
  await ask(page, 'say a new beginning');
  expect(readFileSync(asideIn(app.dataDir))).toEqual(ruined);

  await again.stop();
  const third = await startApp({ dataDir: app.dataDir });
  await page.goto(third.address);
  await chatNamed(page, 'say a new beginning').click();
  await expect(lastText(page)).toHaveText('a new beginning');
});

test('one damaged message is shown as damaged, and everything else works', async ({
  app,
  startApp,
  page,
}) => {
  const answer = Buffer.from(`A Rhododendron story. ${'It grows. '.repeat(60)}`).toString('base64');
  await seedChat(app, 'Garden', [`md ${answer}`, 'say the second answer']);
  await seedChat(app, 'Another chat', ['say untouched']);
  await app.stop();
  damageText(app.dataDir, 'Rhododendron', 'Rhododendrum');
  const again = await startApp({ dataDir: app.dataDir });
  await page.goto(again.address);

  await chatNamed(page, 'Garden').click();
  const mark = page.getByText('This answer was damaged on disk. It is shown as it is');
  await expect(lastText(page)).toHaveText('the second answer');
  await mark.scrollIntoViewIfNeeded();
  await expect(mark).toHaveCount(1);
  await expect(answers(page).filter({ hasText: 'Rhododendrum' })).toHaveCount(1);
  await shot(page, 'recovery-damaged-message');

  await ask(page, 'say still working');
  await expect(lastText(page)).toHaveText('still working');
  await expect(lastAnswer(page).getByText('was damaged')).toHaveCount(0);
  await chatNamed(page, 'Another chat').click();
  await expect(lastText(page)).toHaveText('untouched');
  await expect(mark).toHaveCount(0);
  await page.keyboard.press('Control+k');
  await palette(page).getByRole('combobox').fill('still working');
  await expect(palette(page).getByRole('option', { name: /Garden/ })).not.toHaveCount(0);
  await page.keyboard.press('Escape');
  await place(page, 'Settings').click();
  await expect(page.getByText('1 message found damaged')).toBeVisible();
});

test('a second Inkling on the same folder is refused with words, while the first works on', async ({
  window,
  app,
}) => {
  await ask(window, 'say before');
  const asked = Date.now();
  const second = spawnHost(['--headless', '--port', '0', '--data-dir', app.dataDir], { entry: builtEntry });
  const { code, stdout, stderr } = await second.ended;
  expect(Date.now() - asked, 'ms until it said so').toBeLessThan(5000);
  expect(code).toBeGreaterThan(0);
  expect(stdout).toBe('');
  expect(stderr).toContain('Another Inkling is using this data folder. Nothing was changed.');
  await expect(picker(window)).toBeVisible();
  await ask(window, 'say after');
  await expect(lastText(window)).toHaveText('after');
  await expect(questions(window)).toHaveCount(2);
  await expect(composer(window)).toBeFocused();
});

function asideIn(dataDir: string): string {
  const found = readdirSync(dataDir).filter((name) => /^inkling\.sqlite\.damaged-[\dTZ-]+$/.test(name));
  expect(found).toHaveLength(1);
  return join(dataDir, found[0] ?? '');
}
