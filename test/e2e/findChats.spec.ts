import type { Page } from '@playwright/test';
import { openClient } from '../client.ts';
import { expect, test } from './app.ts';
import { seedChat } from './dataFolder.ts';
import {
  ask,
  chatList,
  chatNamed,
  lastText,
  openPalette,
  palette,
  questions,
  scripted,
  shot,
  toasts,
} from './page.ts';

test.use(scripted);

const field = (page: Page) => palette(page).getByRole('combobox');
const options = (page: Page) => palette(page).getByRole('option');
const menuItem = (page: Page, name: string) => page.getByRole('menuitem', { name, exact: true });

test('search is narrowed by pressing or typing, says what it does not understand, and jumps to the message', async ({
  window,
  app,
}) => {
  const ink = await seedChat(app, 'Letters', ['say the walnut answer', 'say of other things']);
  await seedChat(app, 'Trees', ['say walnut trees are tall']);
  const client = await openClient(app);
  await client.conversations.mark({ id: ink, tags: ['post office'] });
  client.close();
  await window.reload();
  await openPalette(window);
  await window.keyboard.type('walnut');
  await expect(options(window)).toHaveCount(4);
  await palette(window).getByRole('button', { name: 'From model' }).click();
  await expect(field(window)).toHaveValue('walnut from:model ');
  await expect(options(window)).toHaveCount(2);
  await shot(window, 'find-filtered');
  await palette(window).getByRole('button', { name: 'Tag…' }).click();
  await expect(options(window).first()).toHaveText('post office (1)');
  await shot(window, 'find-tags');
  await window.keyboard.press('Enter');
  await expect(field(window)).toHaveValue('walnut from:model tag:"post office" ');
  await expect(options(window)).toHaveCount(1);
  await window.keyboard.press('Enter');
  const found = window.locator('.row[data-marked]');
  await expect(found).toContainText('the walnut answer');
  await expect(found).toBeInViewport();

  await openPalette(window);
  await window.keyboard.type('after:someday');
  await expect(palette(window)).toContainText('“after:someday” is not understood. Try after:2026-03-15');
  await shot(window, 'find-problem');
  await field(window).fill('before:2020 walnut');
  await expect(palette(window)).toContainText('Nothing found');
  await field(window).fill('after:today walnut');
  await expect(options(window)).toHaveCount(4);
  await palette(window).getByRole('button', { name: 'Since…' }).click();
  await expect(field(window)).toHaveValue('walnut');
});

test('a chat is pinned, put away and tagged by menu, keyboard and palette, and each is undone', async ({
  window,
  app,
}) => {
  await seedChat(app, 'An old chat', ['say old']);
  await ask(window, 'say a newer chat');
  const undo = () => toasts(window).getByRole('button', { name: 'Undo' }).last().click();
  const dismiss = async () => {
    const buttons = toasts(window).getByRole('button', { name: 'Dismiss' });
    for (let left = await buttons.count(); left > 0; left = await buttons.count())
      await buttons.first().click();
  };

  // By menu.
  await chatNamed(window, 'An old chat').hover();
  await window.getByRole('button', { name: 'Options for An old chat' }).click();
  await shot(window, 'chat-menu');
  await menuItem(window, 'Pin').click();
  await expect(chatList(window).getByRole('heading').first()).toHaveText('Pinned');
  await expect(chatList(window).locator('.chat-open').first()).toHaveText('An old chat');
  await shot(window, 'chat-pinned');
  await undo();
  await expect(chatList(window).getByRole('heading', { name: 'Pinned' })).toHaveCount(0);
  await dismiss();

  // By keyboard.
  await chatNamed(window, 'An old chat').focus();
  await window.keyboard.press('p');
  await expect(chatList(window).getByRole('heading').first()).toHaveText('Pinned');
  await chatNamed(window, 'An old chat').focus();
  await window.keyboard.press('e');
  await expect(chatNamed(window, 'An old chat')).toHaveCount(0);
  await expect(toasts(window)).toContainText('Archived “An old chat”. Search still finds it.');
  await dismiss();
  const archive = window.getByRole('button', { name: 'Archived 1' });
  await archive.click();
  await expect(chatNamed(window, 'An old chat')).toBeVisible();
  await shot(window, 'chat-archived');
  await archive.click();
  await openPalette(window);
  await window.keyboard.type('is:archived ');
  await expect(options(window)).toHaveCount(1);
  await window.keyboard.press('Enter');
  await expect(lastText(window)).toContainText('old');
  await expect(questions(window)).toHaveCount(1);

  // By palette.
  await openPalette(window);
  await window.keyboard.type('out of the archive');
  await window.keyboard.press('Enter');
  await expect(chatNamed(window, 'An old chat')).toBeVisible();
  await undo();
  await expect(chatNamed(window, 'An old chat')).toHaveCount(0);
  await dismiss();
  await openPalette(window);
  await window.keyboard.type('tag this');
  await window.keyboard.press('Enter');
  const dialog = window.getByRole('dialog', { name: 'Tags' });
  await dialog.getByRole('textbox').fill('garden, Garden, my letters');
  await window.keyboard.press('Enter');
  const header = window.getByRole('banner').or(window.locator('.header'));
  await expect(header.getByRole('button', { name: 'garden' })).toBeVisible();
  await shot(window, 'chat-tagged');
  await header.getByRole('button', { name: 'my letters' }).click();
  await expect(field(window)).toHaveValue('tag:"my letters" ');
  await expect(options(window)).toHaveText([/An old chat/]);
  await window.keyboard.press('Escape');
  await undo();
  await expect(header.getByRole('button', { name: 'garden' })).toHaveCount(0);

  // The next chat is offered the tags of others.
  await chatNamed(window, 'say a newer').focus();
  await window.keyboard.press('t');
  await dialog.getByRole('textbox').fill('a"b');
  await window.keyboard.press('Enter');
  await expect(dialog.getByRole('alert')).toContainText('no quotation marks');
  await dialog.getByRole('textbox').fill('work');
  await window.keyboard.press('Enter');
  await chatNamed(window, 'say a newer').focus();
  await window.keyboard.press('t');
  await expect(dialog.getByRole('button', { name: 'work' })).toHaveAttribute('aria-pressed', 'true');
  await shot(window, 'tags-dialog');
});

test('the model names a chat while nobody needs it, and a name that a person gives stays', async ({
  window,
}) => {
  await ask(window, 'say a plan for Oslo titled:Plans_for_Oslo');
  await expect(chatNamed(window, 'Plans for Oslo')).toBeVisible({ timeout: 30_000 });
  await expect(window.getByRole('heading', { level: 1 })).toHaveText('Plans for Oslo');
  await shot(window, 'named-by-model');
  await window.getByRole('button', { name: 'Rename “Plans for Oslo”' }).click();
  await window.keyboard.type('Norway');
  await window.keyboard.press('Enter');
  await expect(chatNamed(window, 'Norway')).toBeVisible();
  await ask(window, 'say more titled:Something_else');
  // As long as the first name took to come, twice.
  await window.waitForTimeout(7000);
  await expect(chatNamed(window, 'Norway')).toBeVisible();
});
