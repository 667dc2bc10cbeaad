import type { Page } from '@playwright/test';
import { starterModels } from '../hosts/browser/startHost.ts';
import { expect, test } from './app.ts';
import { ask, ended, lastAnswer, lastText, scripted, shot } from './page.ts';

const view = (page: Page) => lastAnswer(page).getByRole('region', { name: 'How likely each word was' });
const words = (page: Page) => view(page).getByRole('group', { name: 'Words of the answer' });
const others = (page: Page) => page.getByRole('dialog', { name: /^Other words for/ });
const show = async (page: Page) => {
  await lastAnswer(page).getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Show how sure each word was' }).click();
};

test.describe('with a scripted engine', () => {
  test.use({ ...scripted, contextOptions: { reducedMotion: 'reduce' } });

  test('words are marked by how sure they were; by keyboard another one is chosen and written on from', async ({
    window,
  }) => {
    await ask(window, 'say the year was 1784 or later');
    await show(window);
    await expect(words(window)).toHaveText('the year was 1784 or later ');
    await expect(words(window).getByRole('button', { name: '1784, 8%' })).toHaveAttribute(
      'data-sure',
      'unlikely',
    );
    await expect(words(window).getByRole('button', { name: 'year, 90%' })).toHaveAttribute(
      'data-sure',
      'sure',
    );
    await shot(window, 'confidence-words');

    await words(window).getByRole('button', { name: 'the, 90%' }).focus();
    await window.keyboard.press('ArrowRight');
    await window.keyboard.press('ArrowRight');
    await window.keyboard.press('ArrowRight');
    await expect(words(window).getByRole('button', { name: '1784, 8%' })).toBeFocused();
    await expect(others(window)).toContainText('other5%');
    await shot(window, 'confidence-others');
    await window.keyboard.press('Enter');
    await expect(others(window).getByRole('button', { name: 'other 5%' })).toBeFocused();
    await window.keyboard.press('Enter');
    await ended(window);
    // The scripted engine goes on after the words that it is given.
    await expect(lastText(window)).toHaveText(/^the year was other/);
    await expect(lastAnswer(window).getByRole('img', { name: 'Version 2 of 2' })).toBeVisible();
    await lastAnswer(window).getByRole('button', { name: 'Previous version' }).click();
    await view(window).getByRole('button', { name: 'Hide the marks' }).click();
    await expect(lastText(window)).toHaveText('the year was 1784 or later');
  });
});

test('the starter shows how sure it was of its own words, and others for one that is hovered', async ({
  startApp,
  page,
}) => {
  const app = await startApp({ env: { INKLING_BUILTIN_MODELS: starterModels } });
  await page.goto(app.address);
  await ask(page, 'What can you do?', 60_000);
  const said = ((await lastText(page).textContent()) ?? '').replace(/\s+/g, ' ').trim();
  await show(page);
  await expect(view(page).getByText('The model reads its answer again')).toHaveCount(0, { timeout: 20_000 });
  const marked = ((await words(page).textContent()) ?? '').replace(/\s+/g, ' ').trim();
  expect(marked.replace(/[*_`#-]/g, '')).toBe(said.replace(/[*_`#-]/g, ''));
  // It always takes the likeliest, so that it is sure of what it says.
  const sure = await words(page).locator('[data-sure="sure"]').count();
  expect(sure).toBeGreaterThan((await words(page).locator('[data-at]').count()) / 2);
  await words(page).locator('[data-at="1"]').hover();
  await expect(others(page)).toBeVisible();
  await shot(page, 'confidence-starter');
  await others(page).getByRole('button').first().click();
  await ended(page, 60_000);
  await expect(lastAnswer(page).getByRole('img', { name: 'Version 2 of 2' })).toBeVisible();
});
