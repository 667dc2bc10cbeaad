import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { writeRandomModel } from '../../models/randomModel.ts';
import { expect, test } from './app.ts';
import {
  answers,
  ask,
  chatNamed,
  composer,
  ended,
  lastAnswer,
  lastText,
  picker,
  questions,
  scripted,
  shot,
  toasts,
} from './page.ts';

test.use({ ...scripted, contextOptions: { reducedMotion: 'reduce' } });

/** Chooses from the menu at the foot of a message. */
async function choose(page: Page, message: ReturnType<typeof questions>, entry: string): Promise<void> {
  await message.hover();
  await message.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: entry }).click();
}

test('the first message can be edited, and both versions with all below them stay', async ({ window }) => {
  await ask(window, 'say one');
  await ask(window, 'say two');
  await choose(window, questions(window).first(), 'Edit');
  const field = window.getByRole('textbox', { name: 'Edit message' });
  await expect(field).toBeFocused();
  await expect(field).toHaveValue('say one');
  await shot(window, 'branches-edit');
  await window.keyboard.press('Escape');
  await expect(field).toHaveCount(0);

  await choose(window, questions(window).first(), 'Edit');
  await field.fill('say other');
  await field.press('Enter');
  await ended(window);
  await expect(questions(window)).toHaveCount(1);
  await expect(lastText(window)).toHaveText('other');
  await expect(window.getByRole('img', { name: 'Version 2 of 2' })).toBeVisible();
  await shot(window, 'branches-edited');
  await window.getByRole('button', { name: 'Previous version' }).click();
  await expect(questions(window)).toHaveText([/say one/, /say two/]);
  await window.reload();
  await expect(answers(window)).toContainText(['one', 'two']);
});

test('a fork copies the chat up to a message, and leaves the first one as it is', async ({ window }) => {
  await ask(window, 'say one');
  await ask(window, 'say two');
  await choose(window, answers(window).first(), 'Fork into a new chat');
  await expect(window.getByRole('heading', { name: 'say one (fork)' })).toBeVisible();
  await expect(answers(window)).toHaveCount(1);
  await ask(window, 'say elsewhere');
  await shot(window, 'branches-fork');
  await chatNamed(window, /^say one$/).click();
  await expect(answers(window)).toContainText(['one', 'two']);
});

test('another model answers beside the first, for this answer alone', async ({ window, app }) => {
  await writeRandomModel(join(app.dataDir, 'models/second.gguf'), { name: 'Second one' });
  await ask(window, 'say one');
  // It is found a moment after it was written.
  await composer(window).fill('/model second');
  await expect(window.getByRole('option', { name: /Second one/ })).toBeVisible();
  await composer(window).fill('');
  const more = lastAnswer(window).getByRole('button', { name: 'More' });
  await more.focus();
  await window.keyboard.press('Enter');
  await window.getByRole('menuitem', { name: 'Try again with' }).press('ArrowRight');
  await expect(window.getByRole('menuitem', { name: /Second one/ })).toBeVisible();
  await shot(window, 'branches-another-model');
  await window.getByRole('menuitem', { name: /Second one/ }).click();
  await ended(window);
  await expect(window.getByRole('img', { name: 'Version 2 of 2' })).toBeVisible();
  await lastAnswer(window)
    .getByRole('button', { name: /^Figures:/ })
    .click();
  await expect(window.getByRole('dialog', { name: 'Figures' })).toContainText('Second one');
  await window.keyboard.press('Escape');
  await window.getByRole('button', { name: 'Previous version' }).click();
  await expect(window.getByRole('img', { name: 'Version 1 of 2' })).toBeVisible();
  await expect(picker(window)).toContainText('Random words');
});

test('a message goes with all below it, comes back by Undo, and else leaves no trace', async ({
  window,
  app,
  startApp,
}) => {
  await ask(window, 'say one');
  await ask(window, 'say xylophone');
  await choose(window, questions(window).last(), 'Delete from here');
  await expect(questions(window)).toHaveCount(1);
  await expect(toasts(window)).toContainText('Deleted the message with all below it.');
  await shot(window, 'branches-deleted');
  await toasts(window).getByRole('button', { name: 'Undo' }).click();
  await expect(answers(window)).toContainText(['one', 'xylophone']);

  await choose(window, answers(window).last(), 'Delete from here');
  await expect(answers(window)).toHaveCount(1);
  await choose(window, questions(window).last(), 'Answer this');
  await ended(window);
  await expect(lastText(window)).toHaveText('xylophone');
  await choose(window, questions(window).last(), 'Delete from here');
  await expect(questions(window)).toHaveCount(1);
  await window.goto('about:blank');
  await app.stop();
  const files = readdirSync(app.dataDir, { recursive: true, encoding: 'utf8' });
  const withTrace = files.filter((name) => {
    const path = join(app.dataDir, name);
    return statSync(path).isFile() && readFileSync(path).includes('xylophone');
  });
  expect(withTrace).toEqual([]);
  const again = await startApp({ dataDir: app.dataDir });
  await window.goto(again.address);
  await window.getByRole('button', { name: 'say one' }).first().click();
  await expect(answers(window)).toHaveCount(1);
});
