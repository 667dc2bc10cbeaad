import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { makeDir, removeDir, starterModels, testModel } from '../hosts/browser/startHost.ts';
import { expect, test } from './app.ts';
import { composer, lastAnswer, lastText, place, scripted, shot } from './page.ts';

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Compare two answers' });
const answer = (page: Page, side: 1 | 2) => page.getByRole('region', { name: `Answer ${side}`, exact: true });
const better = (page: Page, side: 1 | 2) =>
  page.getByRole('button', { name: `This one is better: Answer ${side}` });
const start = (page: Page) => dialog(page).getByRole('button', { name: 'Compare', exact: true }).click();
const open = async (page: Page, text: string) => {
  await composer(page).fill('/compare');
  await composer(page).press('Enter');
  await dialog(page).getByRole('textbox', { name: 'Message' }).fill(text);
};

test.describe('with two models of a scripted engine', () => {
  const appDataDir = makeDir();
  test.use({ ...scripted, appDataDir, contextOptions: { reducedMotion: 'reduce' } });
  test.beforeAll(() => {
    mkdirSync(join(appDataDir, 'models'));
    copyFileSync(testModel, join(appDataDir, 'models/second-slow-load.gguf'));
  });
  test.afterAll(() => removeDir(appDataDir));

  test('two models answer blind, one after the other; the pick reveals the names and is remembered', async ({
    window,
  }) => {
    await open(window, 'say a fine answer');
    await dialog(window).getByRole('combobox', { name: 'Kind of work' }).fill('rewrite');
    await shot(window, 'compare-setup');
    await start(window);
    await expect(window.getByRole('heading', { name: 'Which answer is better?' })).toBeVisible();
    await expect(answer(window, 2)).toContainText(/Waits for the other answer|Loading the next model/);
    await shot(window, 'compare-running');
    for (const side of [1, 2] as const)
      await expect(answer(window, side).locator('.reading')).toHaveText('a fine answer', { timeout: 20_000 });
    await expect(answer(window, 1).getByRole('heading')).toHaveText('Answer 1');
    await expect(window.getByText('second-slow-load')).toHaveCount(0);
    await shot(window, 'compare-blind');

    await better(window, 2).click();
    await expect(answer(window, 2).getByText('Your pick')).toBeVisible();
    const name = await answer(window, 2).getByRole('heading').textContent();
    await expect(window.getByText('For rewrite so far:')).toContainText(`${name}: picked 1 of 1 time`);
    await shot(window, 'compare-picked');

    await window.getByRole('button', { name: 'Continue in the chat' }).click();
    await expect(lastText(window)).toHaveText('a fine answer');
    await expect(lastAnswer(window).getByRole('img', { name: /Version \d of 2/ })).toBeVisible();
    await place(window, 'Models').click();
    await expect(window.getByText('Picked 1 of 1 time for rewrite')).toBeVisible();
    await shot(window, 'compare-models');
  });

  test('Stop ends both; a reload in the middle keeps what was written and says so', async ({ window }) => {
    await open(window, 'words 4000 10');
    await start(window);
    await expect(answer(window, 1).locator('.reading')).toContainText('0 1 2', { timeout: 20_000 });
    await window.reload();
    await expect(answer(window, 1)).toContainText('What is shown was kept.');
    await expect(answer(window, 1).locator('.reading')).toContainText('0 1 2');
    await expect(answer(window, 2)).toContainText('Stopped before its first word.');
    await expect(better(window, 2)).toBeDisabled();
    await shot(window, 'compare-reloaded');

    await answer(window, 2).getByRole('button', { name: 'Write it again' }).click();
    await expect(answer(window, 2).locator('.reading')).toContainText('0 1 2', { timeout: 20_000 });
    await window.getByRole('button', { name: 'Stop both' }).click();
    await expect(answer(window, 2)).toContainText('What is shown was kept.');
    await expect(better(window, 2)).toBeEnabled();
  });

  test('a crash of one leaves the other', async ({ window }) => {
    await open(window, 'say soon\ncrash');
    await start(window);
    await expect(answer(window, 1).locator('.trouble')).toContainText('The inference engine stopped', {
      timeout: 20_000,
    });
    await expect(answer(window, 2).locator('.trouble')).toBeVisible({ timeout: 30_000 });
    await expect(answer(window, 1).getByRole('button', { name: 'Write it again' })).toBeEnabled();
  });
});

test('the starter with two settings: no model is loaded again, and both answers are in the chat', async ({
  startApp,
  page,
}) => {
  const app = await startApp({ env: { INKLING_BUILTIN_MODELS: starterModels } });
  await page.goto(app.address);
  await open(page, 'What can you do?');
  const sides = dialog(page).getByRole('group');
  await sides.nth(1).getByRole('combobox', { name: 'Variety' }).selectOption({ label: 'Much (1.2)' });
  await dialog(page).getByRole('checkbox', { name: 'Hide which is which until I pick' }).uncheck();
  await start(page);
  await expect(answer(page, 1).getByRole('heading')).toHaveText('Starter (built in)');
  await expect(answer(page, 2).getByRole('heading')).toHaveText('Starter (built in) · variety 1.2');
  await expect(answer(page, 1).locator('.reading')).toContainText('how Inkling works', { timeout: 60_000 });
  await expect(better(page, 1)).toBeEnabled({ timeout: 60_000 });
  await expect(answer(page, 2).locator('.reading')).not.toBeEmpty();
  await better(page, 1).click();
  await page.getByRole('button', { name: 'Continue in the chat' }).click();
  await expect(lastText(page)).toContainText('how Inkling works');
  await expect(lastAnswer(page).getByRole('img', { name: 'Version 1 of 2' })).toBeVisible();
});
