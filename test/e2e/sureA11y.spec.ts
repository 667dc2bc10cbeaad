import { expectAccessible } from './accessible.ts';
import { expect, test } from './app.ts';
import { ask, composer, lastAnswer, lastText, say, scripted } from './page.ts';

test.use({ ...scripted, contextOptions: { reducedMotion: 'reduce' } });

const long = 'say The lighthouse was built in 1784 and rebuilt in 1903 after the storm of that winter';

test('how sure words are is accessible in each state', async ({ window }) => {
  await ask(window, long);
  await lastAnswer(window).getByRole('button', { name: 'More' }).click();
  await window.getByRole('menuitem', { name: 'Show how sure each word was' }).click();
  const word = lastAnswer(window).getByRole('button', { name: '1784, 8%' });
  await expect(word).toBeVisible();
  await expectAccessible(window, 'sure', 'words');
  await word.click();
  await expect(window.getByRole('dialog', { name: 'Other words for 1784' })).toBeVisible();
  await expectAccessible(window, 'sure', 'others');
  await window.keyboard.press('Escape');
  await expect(word).toBeFocused();
  await expect(window.getByRole('dialog', { name: 'Other words for 1784' })).toHaveCount(0);
});

test('thinking is accessible in each state', async ({ window }) => {
  await say(window, 'ponder 100000 50\nsay done');
  await expect(lastAnswer(window).getByRole('button', { name: 'Answer now' })).toBeVisible();
  await expectAccessible(window, 'sure', 'thinking');
  await lastAnswer(window).getByRole('button', { name: 'Answer now' }).click();
  await expect(lastText(window)).toHaveText('done');
  await window.getByRole('button', { name: /^Thinking:/ }).click();
  await expectAccessible(window, 'sure', 'thinking menu');
});

test('comparing is accessible in each state', async ({ window }) => {
  await composer(window).fill('/compare');
  await composer(window).press('Enter');
  const dialog = window.getByRole('dialog', { name: 'Compare two answers' });
  await dialog.getByRole('textbox', { name: 'Message' }).fill(long);
  await expectAccessible(window, 'compare', 'setup');
  await dialog.getByRole('button', { name: 'Compare', exact: true }).click();
  const better = window.getByRole('button', { name: 'This one is better: Answer 1' });
  await expect(better).toBeEnabled({ timeout: 20_000 });
  await expectAccessible(window, 'compare', 'blind');
  await better.click();
  await expect(window.getByText('Your pick')).toBeVisible();
  await expectAccessible(window, 'compare', 'picked');
});
