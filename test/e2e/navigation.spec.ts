import { openClient } from '../client.ts';
import { expect, test } from './app.ts';
import {
  ask,
  chatNamed,
  composer,
  ended,
  lastText,
  palette,
  place,
  say,
  scripted,
  shot,
  toasts,
} from './page.ts';

test.use(scripted);

test('the palette finds chats by title and text and runs commands; Escape gives the focus back', async ({
  window,
}) => {
  await ask(window, 'say a needle in the hay');
  await window.keyboard.press('Control+Shift+O');
  await ask(window, 'say other things');
  const input = palette(window).getByRole('combobox');
  await window.keyboard.press('Control+K');
  await expect(input).toBeFocused();
  await expect(palette(window)).toContainText('Recent chats');
  await window.keyboard.press('Escape');
  await expect(palette(window)).toHaveCount(0);
  await expect(composer(window)).toBeFocused();

  await window.keyboard.press('Control+F');
  await input.fill('needle');
  await expect(palette(window).getByRole('option').first()).toContainText('say a needle in the hay');
  await expect(palette(window).locator('mark').first()).toHaveText('needle');
  await shot(window, 'palette');
  await window.keyboard.press('Enter');
  await expect(lastText(window)).toHaveText('a needle in the hay');

  await window.keyboard.press('Control+K');
  await input.fill('go to models');
  await window.keyboard.press('Enter');
  await expect(window.getByRole('list', { name: 'Installed models' })).toBeVisible();
  await window.keyboard.press('Control+K');
  await input.fill('zzzz nothing like this');
  await expect(palette(window)).toContainText('Nothing found for “zzzz nothing like this”.');
  for (const odd of ['"', '*', 'a" OR "b', 'NEAR(', '(((', '\u0000x', "'; DROP TABLE messages; --"]) {
    await input.fill(odd);
    await window.waitForTimeout(150);
  }
  await input.fill('needle');
  await expect(palette(window).getByRole('option').first()).toContainText('needle');
  await window.keyboard.press('Escape');
  await expect(toasts(window)).toBeEmpty();
});

test('back, forward and an address lead to the right screen; an unknown chat says so', async ({
  window,
  app,
}) => {
  await ask(window, 'say first chat');
  await place(window, 'Models').click();
  await place(window, 'Notes').click();
  await window.goBack();
  await expect(window.getByRole('list', { name: 'Installed models' })).toBeVisible();
  await window.goBack();
  await expect(lastText(window)).toHaveText('first chat');
  await window.goForward();
  await expect(window.getByRole('list', { name: 'Installed models' })).toBeVisible();
  await window.goto(`${app.url}/#/chat/no_such_chat`);
  await expect(window.getByRole('alert')).toContainText('This chat is not there any more.');
  await shot(window, 'unknown-chat');
});

test('scrolling up in a growing answer is left alone; at the end it follows', async ({ window }) => {
  await say(window, 'prose 3000 3');
  const list = window.getByRole('region', { name: 'Messages' });
  const gap = () =>
    list.evaluate((element) => element.scrollHeight - element.scrollTop - element.clientHeight);
  await expect.poll(() => list.evaluate((element) => element.scrollTop)).toBeGreaterThan(600);
  await expect.poll(gap).toBeLessThan(60);
  await list.hover();
  await window.mouse.wheel(0, -500);
  await expect.poll(gap).toBeGreaterThan(300);
  const top = await list.evaluate((element) => element.scrollTop);
  await window.waitForTimeout(1000);
  expect(Math.abs((await list.evaluate((element) => element.scrollTop)) - top)).toBeLessThan(40);
  await window.getByRole('button', { name: 'Jump to newest' }).click();
  await expect.poll(gap).toBeLessThan(60);
  await window.keyboard.press('Escape');
  await ended(window);
});

test('two windows agree about chats and settings', async ({ window, app, context }) => {
  const other = await context.newPage();
  await other.goto(app.address);
  await ask(window, 'say shared');
  await expect(chatNamed(other, 'say shared')).toBeVisible();
  const client = await openClient(app);
  await client.settings.set({ theme: 'dark' });
  for (const page of [window, other])
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await chatNamed(other, 'say shared').press('Delete');
  await expect(chatNamed(window, 'say shared')).toHaveCount(0);
  await expect(toasts(window)).toContainText('was deleted in another window');
  await ask(window, 'say a new one');
  await expect(chatNamed(other, 'say a new one')).toBeVisible();
  client.close();
});
