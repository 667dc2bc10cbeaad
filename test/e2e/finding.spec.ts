import { openClient } from '../client.ts';
import { expect, test } from './app.ts';
import { seedChat } from './dataFolder.ts';
import {
  answers,
  ask,
  chatNamed,
  composer,
  lastAnswer,
  lastText,
  openPalette,
  palette,
  questions,
  scripted,
  shot,
  toasts,
} from './page.ts';

test.use(scripted);

const search = async (window: Parameters<typeof palette>[0], words: string) => {
  await openPalette(window);
  await window.keyboard.type(words);
  await expect(palette(window).getByRole('option').first()).toContainText(words);
};

test('a search hit opens the chat at its message and marks it, however far back it lies', async ({
  window,
  app,
}) => {
  const lines = Array.from({ length: 90 }, (_, n) =>
    n === 4 ? 'say the quince stands here' : `say words of turn ${n}\nwords 40`,
  );
  await seedChat(app, 'A long chat', lines);
  await window.reload();
  await search(window, 'quince');
  await window.keyboard.press('Enter');
  const found = window.locator('.row[data-marked]');
  await expect(found).toContainText('quince');
  await expect(found).toBeInViewport();
  await shot(window, 'found-message');
  await expect(found).toHaveCount(0);
  await expect(window.getByText('the quince stands here').first()).toBeInViewport();
  await expect(lastAnswer(window).filter({ hasText: 'turn 89' })).not.toBeInViewport();
});

test('a hit on another branch shows that branch', async ({ window }) => {
  await ask(window, 'say pomegranate first');
  await lastAnswer(window).getByRole('button', { name: 'Try again' }).click();
  await expect(lastAnswer(window)).toContainText('2/2');
  await expect(answers(window)).toHaveCount(1);
  await window.reload();
  await search(window, 'pomegranate');
  await window.keyboard.press('ArrowDown');
  await window.keyboard.press('Enter');
  await expect(lastText(window)).toContainText('pomegranate');
});

test('what is typed right after the first Ctrl+K is searched for, all of it', async ({ window, app }) => {
  await seedChat(app, 'About elderberries', ['say hello']);
  await window.route(/Palette.*\.js/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 800));
    await route.continue();
  });
  await window.reload();
  await expect(composer(window)).toBeFocused();
  await window.keyboard.press('Control+K');
  await window.keyboard.type('elder', { delay: 40 });
  const field = palette(window).getByRole('combobox');
  await expect(field).toBeFocused();
  await window.keyboard.type('berries');
  await expect(field).toHaveValue('elderberries');
  await expect(palette(window)).toContainText('About elderberries');
  await window.keyboard.press('Escape');
  await expect(composer(window)).toHaveValue('');
});

test('a chat that another window deletes is left with a word, and can be brought back', async ({
  window,
  app,
}) => {
  await ask(window, 'say a chat of two windows');
  await expect(chatNamed(window, 'say a chat')).toBeVisible();
  const client = await openClient(app);
  const { conversations } = await client.conversations.list({});
  await client.conversations.remove({ id: conversations[0]?.id ?? '' });
  client.close();
  await expect(toasts(window)).toContainText('was deleted in another window');
  await expect(window.getByRole('heading', { name: 'A language model of your own' })).toBeVisible();
  await expect(chatNamed(window, 'say a chat')).toHaveCount(0);
  await shot(window, 'deleted-elsewhere');
  await toasts(window).getByRole('button', { name: 'Undo' }).click();
  await expect(lastText(window)).toContainText('a chat of two windows');
  await expect(questions(window)).toHaveCount(1);
});
