import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { writeRandomModel } from '../../models/randomModel.ts';
import { openClient } from '../client.ts';
import { expectAccessible as isAccessible } from './accessible.ts';
import { expect, test } from './app.ts';
import { backUp, ruinDatabase, seedChat } from './dataFolder.ts';
import {
  answers,
  ask,
  chatNamed,
  composer,
  ended,
  lastAnswer,
  lastText,
  palette,
  picker,
  place,
  say,
  scripted,
  toasts,
  trouble,
} from './page.ts';

test.use({ ...scripted, contextOptions: { reducedMotion: 'reduce' } });

const markdown = [
  '# A heading\n\nSome **bold** words, `code`, and [a link](https://example.org/).\n',
  '- one\n- two\n',
  '```ts\nconst answer = 42; // a comment\nfunction name(text: string) {}\n```\n',
  '| what | how much |\n| --- | --- |\n| battery | 100 Ah |\n',
  '> a quotation\n',
].join('\n');

/** Nothing that axe calls serious or critical, by day and by night. */
const expectAccessible = (page: Page, state: string): Promise<void> =>
  isAccessible(page, 'a11y', state, { asIs: true });

test('the chat is accessible in each of its states', async ({ window }) => {
  await expect(window.getByRole('list', { name: 'Suggestions' })).toBeVisible();
  await expectAccessible(window, 'first screen');
  await ask(window, `think this through\nmd ${Buffer.from(markdown).toString('base64')}`);
  await expect(window.getByRole('table')).toBeVisible();
  await lastAnswer(window)
    .getByRole('button', { name: /^Thought/ })
    .click();
  await expectAccessible(window, 'answer');

  await window.getByRole('button', { name: /^Figures:/ }).click();
  await expect(window.getByRole('dialog', { name: 'Figures' })).toBeVisible();
  await expectAccessible(window, 'figures');
  await window.keyboard.press('Escape');

  await window.getByRole('link', { name: 'a link' }).click();
  await expect(window.getByRole('dialog', { name: 'Open this link?' })).toBeVisible();
  await expectAccessible(window, 'link dialog');
  await window.keyboard.press('Escape');

  await picker(window).click();
  await expect(window.getByRole('dialog', { name: 'Models' })).toBeVisible();
  await expectAccessible(window, 'picker');
  await window.keyboard.press('Escape');

  await window.keyboard.press('Control+k');
  await palette(window).getByRole('combobox').fill('think');
  await expect(palette(window).getByRole('option').first()).toBeVisible();
  await expectAccessible(window, 'palette');
  await window.keyboard.press('Escape');

  await window.getByRole('button', { name: 'Options for this chat' }).click();
  await expectAccessible(window, 'menu');
  await window.getByRole('menuitem', { name: 'Rename' }).click();
  await expect(window.getByRole('textbox', { name: 'Name of the chat' })).toBeFocused();
  await expectAccessible(window, 'renaming');
  await window.keyboard.press('Escape');
});

test('an answer that streams, waits, fails or was stopped is accessible', async ({ window }) => {
  await ask(window, 'say some words\nfail internal');
  await expect(trouble(window)).toBeVisible();
  await expectAccessible(window, 'failed answer');
  await ask(window, 'crash');
  await expect(window.getByRole('alert').filter({ hasText: 'The engine stopped' })).toBeVisible();
  await expectAccessible(window, 'engine banner');

  await window.getByRole('button', { name: /^New chat/ }).click();
  await say(window, 'words 10000 20');
  await expect(lastText(window)).toContainText('9 10');
  await expectAccessible(window, 'streaming');
  await window.getByRole('button', { name: /^New chat/ }).click();
  await say(window, 'say never');
  await expect(answers(window)).toContainText('Waiting');
  await expectAccessible(window, 'waiting');
  await chatNamed(window, 'words 10000').click();
  await composer(window).press('Escape');
  await ended(window);
  await expectAccessible(window, 'stopped');
  await chatNamed(window, 'words 10000').press('Delete');
  await expect(toasts(window).getByRole('button', { name: 'Undo' })).toBeVisible();
  await expectAccessible(window, 'deleted');
});

test('models, notes, settings, the narrow window and the page without a key are accessible', async ({
  window,
  app,
  context,
}) => {
  await place(window, 'Models').click();
  for (const tab of ['Installed', 'Discover', 'This computer']) {
    await window.getByRole('tab', { name: tab }).click();
    await expect(window.getByRole('tabpanel')).toBeVisible();
    await expectAccessible(window, `models ${tab.toLowerCase()}`);
  }
  await window.getByRole('tab', { name: 'Installed' }).click();
  await window
    .getByRole('button', { name: /^Options for/ })
    .first()
    .click();
  await window.getByRole('menuitem', { name: 'Load settings…' }).click();
  const loading = window.getByRole('dialog', { name: /^Load settings of/ });
  await expect(loading.getByRole('status', { name: 'Memory' })).toContainText('of memory');
  await loading.getByText('How words are picked').click();
  await expectAccessible(window, 'load settings');
  await window.keyboard.press('Escape');
  await window.getByRole('button', { name: 'Add file or folder…' }).click();
  await window.getByRole('textbox', { name: 'Path of a file or folder' }).fill('/not/there');
  await window.keyboard.press('Enter');
  await expect(window.getByRole('dialog').getByRole('alert')).toBeVisible();
  await expectAccessible(window, 'add dialog');
  await window.keyboard.press('Escape');

  await place(window, 'Notes').click();
  await expectAccessible(window, 'notes');
  await place(window, 'Settings').click();
  await expect(window.getByRole('heading', { name: 'About' })).toBeAttached();
  await expectAccessible(window, 'settings');
  await window.setViewportSize({ width: 700, height: 600 });
  await window.getByRole('button', { name: 'Show sidebar' }).click();
  await expectAccessible(window, 'drawer');
  await window.keyboard.press('Escape');
  await window.setViewportSize({ width: 1280, height: 800 });

  const keyless = await context.newPage();
  await keyless.goto(app.url);
  await expect(keyless.getByRole('heading', { name: 'This page needs its key' })).toBeVisible();
  await expectAccessible(keyless, 'locked');
  await keyless.close();
});

test('what can be done with a model, and the access token, are accessible', async ({ window, app }) => {
  await writeRandomModel(join(app.dataDir, 'models/one.gguf'), { name: 'First one', seed: 1 });
  await place(window, 'Models').click();
  const choose = async (entry: string) => {
    await window.getByRole('button', { name: 'Options for First one' }).click();
    await window.getByRole('menuitem', { name: entry }).click();
  };
  await choose('Verify now');
  await expect(window.getByText('Nobody published a hash').first()).toBeVisible();
  await window.getByRole('button', { name: 'Options for First one' }).click();
  await expect(window.getByRole('menu')).toBeVisible();
  await expectAccessible(window, 'model menu');
  await window.keyboard.press('Escape');
  for (const [entry, state] of [
    ['Rename…', 'rename model'],
    ['Delete…', 'delete model'],
    ['Show in folder', 'where a model lies'],
  ] as const) {
    await choose(entry);
    await expect(window.getByRole('dialog')).toBeVisible();
    await expectAccessible(window, state);
    await window.keyboard.press('Escape');
  }
  await window.getByRole('button', { name: 'Look for models of other apps…' }).click();
  await expect(
    window.getByRole('dialog', { name: 'Models of other apps' }).getByRole('status'),
  ).toBeVisible();
  await expectAccessible(window, 'other apps');
  await window.keyboard.press('Escape');

  const client = await openClient(app);
  await client.network.setToken({ token: 'hf_onlyForThisTest0123456789abcd' });
  client.close();
  await window.goto(`${new URL(window.url()).origin}/#/settings/access`);
  await window.getByRole('button', { name: 'Replace' }).click();
  await expect(window.getByLabel('Access token', { exact: true })).toBeVisible();
  await expectAccessible(window, 'access token');
});

test.describe('without Inkling', () => {
  test.use({ pageErrorsAllowed: true });

  test('the page that lost Inkling is accessible', async ({ window, app }) => {
    await ask(window, 'say hello');
    await app.stop();
    await expect(window.getByRole('alert').filter({ hasText: 'Inkling does not answer' })).toBeVisible();
    await expectAccessible(window, 'lost');
  });
});

test('the way out of a damaged database is accessible', async ({ app, startApp, page }) => {
  await seedChat(app, 'kept', ['say hello']);
  await backUp(app);
  await app.stop();
  ruinDatabase(app.dataDir);
  const again = await startApp({ dataDir: app.dataDir });
  await page.goto(again.address);
  await expect(page.getByRole('heading', { name: 'Your chats cannot be opened' })).toBeVisible();
  await expectAccessible(page, 'recovery');
  await page.getByRole('button', { name: 'Start fresh' }).click();
  await expect(page.getByRole('dialog', { name: 'Start with no chats?' })).toBeVisible();
  await expectAccessible(page, 'recovery dialog');
  await page.getByRole('dialog').getByRole('button', { name: 'Start fresh' }).click();
  await place(page, 'Settings').click();
  await page.getByRole('list', { name: 'Files put aside' }).scrollIntoViewIfNeeded();
  await expectAccessible(page, 'put aside');
});
