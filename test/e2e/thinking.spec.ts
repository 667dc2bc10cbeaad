import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { writeRandomModel } from '../../models/randomModel.ts';
import { makeDir, removeDir } from '../hosts/browser/startHost.ts';
import { expect, test } from './app.ts';
import { ask, ended, lastAnswer, lastText, picker, say, scripted, shot } from './page.ts';

const choice = (page: Page) => page.getByRole('button', { name: /^Thinking:/ });
const answerNow = (page: Page) => lastAnswer(page).getByRole('button', { name: 'Answer now' });
const thoughtHead = (page: Page) => lastAnswer(page).locator('.thought-head');
const choose = async (page: Page, label: string) => {
  await choice(page).click();
  await page.getByRole('menuitemradio', { name: label }).click();
};

test.describe('with a scripted engine', () => {
  test.use({ ...scripted, contextOptions: { reducedMotion: 'reduce' } });

  test('a thought is folded and timed, also after a reload, and ends when the answer is wanted', async ({
    window,
  }) => {
    await say(window, 'ponder 2000 20\nsay the answer');
    await expect(thoughtHead(window)).toContainText(/Thinking…\s+1 s/);
    await shot(window, 'thinking-running');
    await answerNow(window).press('Enter');
    await ended(window);
    await expect(lastText(window)).toHaveText('the answer');
    await expect(answerNow(window)).toHaveCount(0);
    const words = /^Thought for \d.* s, then you asked for the answer$/;
    await expect(thoughtHead(window)).toHaveText(words);
    const told = await thoughtHead(window).textContent();
    await window.reload();
    await expect(thoughtHead(window)).toHaveText(told ?? 'nothing');
    await thoughtHead(window).click();
    await expect(lastAnswer(window).locator('.thought-text')).toContainText('0 1 2 3');
    await shot(window, 'thinking-ended');
  });

  test('a budget holds, thinking can be off, and both are kept', async ({ window }) => {
    await ask(window, 'ponder 3\nsay loaded');
    await expect(thoughtHead(window)).toHaveText(/^Thought for \d+ ms$/);
    await choose(window, 'Up to 256 tokens');
    await ask(window, 'ponder 300\nsay enough');
    await expect(thoughtHead(window)).toHaveText(/, up to its limit$/);
    await expect(lastText(window)).toHaveText('enough');

    await choice(window).focus();
    await window.keyboard.press('Enter');
    await shot(window, 'thinking-menu');
    await window.keyboard.press('Home');
    await window.keyboard.press('Enter');
    await expect(choice(window)).toHaveAccessibleName('Thinking: off');
    await window.reload();
    await expect(choice(window)).toHaveAccessibleName('Thinking: off');
    await ask(window, 'ponder 300\nsay at once');
    await expect(lastText(window)).toHaveText('at once');
    await expect(thoughtHead(window)).toHaveCount(0);

    // Another chat follows Settings.
    await window.getByRole('button', { name: /^New chat/ }).click();
    await expect(choice(window)).toHaveAccessibleName('Thinking: Thinks');
  });
});

test.describe('with a real model', () => {
  const appDataDir = makeDir();
  test.use({ appDataDir });
  test.beforeAll(async () => {
    mkdirSync(join(appDataDir, 'models'));
    const file = (name: string) => join(appDataDir, 'models', `${name}.gguf`);
    await writeRandomModel(file('thinker'), {
      name: 'Endless thinker',
      template: 'opensThought',
      endless: true,
    });
  });
  test.afterAll(() => removeDir(appDataDir));

  test('an endless thought ends when the answer is wanted, and there is none where thinking is off', async ({
    window,
  }) => {
    await picker(window).click();
    await window.getByRole('button', { name: 'Endless thinker' }).click();
    await expect(choice(window)).toHaveAccessibleName('Thinking: Thinks', { timeout: 30_000 });
    await say(window, 'Where is the river?');
    await expect(answerNow(window)).toBeVisible({ timeout: 20_000 });
    await answerNow(window).click();
    await expect(lastText(window)).not.toBeEmpty({ timeout: 20_000 });
    await window.keyboard.press('Escape');
    await expect(thoughtHead(window)).toHaveText(/^Thought for .*, then you asked for the answer$/);

    await choose(window, 'Off: answer at once');
    await say(window, 'And the sea?');
    await expect(lastText(window)).not.toBeEmpty({ timeout: 20_000 });
    await window.keyboard.press('Escape');
    await expect(lastAnswer(window).getByText('Stopped', { exact: true })).toBeVisible();
    await expect(thoughtHead(window)).toHaveCount(0);
  });
});
