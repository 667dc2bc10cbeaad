import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { writeRandomModel } from '../../models/randomModel.ts';
import { openClient } from '../client.ts';
import { makeDir, removeDir, testModel } from '../hosts/browser/startHost.ts';
import { expect, test } from './app.ts';
import { ask, lastAnswer, lastText, picker, place, say, scripted, shot, toasts, trouble } from './page.ts';

const builtin = testModel;
const builtinName = 'Random words (test model)';

const installed = (page: Page) => page.getByRole('list', { name: 'Installed models' });
const card = (page: Page, name: string) => installed(page).getByRole('listitem').filter({ hasText: name });
const pickerList = (page: Page) => page.getByRole('dialog', { name: 'Models' });
const addDialog = (page: Page) => page.getByRole('dialog').filter({ hasText: 'GGUF' });

test('the picker lists what is there, broken files with the reason, and follows the folder by itself', async ({
  window,
  app,
}) => {
  const models = join(app.dataDir, 'models');
  await picker(window).click();
  await expect(pickerList(window).getByRole('button', { name: builtinName })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  const whole = readFileSync(builtin);
  writeFileSync(join(models, 'cut-short.gguf'), whole.subarray(0, whole.length / 2));
  writeFileSync(join(models, 'foreign.gguf'), `\x89PNG\r\n\x1a\n${'x'.repeat(5000)}`);
  writeFileSync(join(models, 'empty.gguf'), '');
  writeFileSync(
    join(models, 'huge-counts.gguf'),
    Buffer.concat([whole.subarray(0, 8), Buffer.alloc(16, 0xff), whole.subarray(24)]),
  );
  writeFileSync(join(models, 'notes.txt'), 'not a model');
  const option = (name: string) => pickerList(window).locator('.option').filter({ hasText: name });
  await expect(option('cut-short')).toContainText(/shorter|cut|incomplete|truncated|missing|end/i);
  await expect(option('foreign')).toContainText(/not a GGUF/i);
  await expect(option('empty')).toContainText(/empty/i);
  await expect(option('huge-counts').locator('.option-reason')).not.toBeEmpty();
  await expect(option('notes')).toHaveCount(0);
  await shot(window, 'picker-broken');
  for (const name of ['foreign', 'empty', 'huge-counts']) rmSync(join(models, `${name}.gguf`));
  await expect(option('foreign')).toHaveCount(0);
  // The download was finished meanwhile: the file is read anew.
  writeFileSync(join(models, 'cut-short.gguf'), whole);
  await expect(pickerList(window).getByRole('button', { name: builtinName })).toHaveCount(2);
});

test('a file and a folder are added by their path, used, and forgotten; wrong paths say what is wrong', async ({
  window,
}) => {
  const folder = makeDir();
  mkdirSync(join(folder, 'sub'));
  await writeRandomModel(join(folder, 'one.gguf'), { name: 'First of mine', seed: 1 });
  await writeRandomModel(join(folder, 'sub/two.gguf'), { name: 'Second of mine', seed: 2 });
  await place(window, 'Models').click();
  const add = async (path: string) => {
    await window.getByRole('button', { name: 'Add file or folder…' }).first().click();
    await addDialog(window).getByRole('textbox').fill(path);
    await addDialog(window).getByRole('textbox').press('Enter');
  };
  const places = window.getByRole('list', { name: 'Places' });

  await add(join(folder, 'missing.gguf'));
  await expect(addDialog(window).getByRole('alert')).toContainText('There is nothing to read at');
  await shot(window, 'add-model-missing');
  await addDialog(window).getByRole('textbox').fill('relative/path.gguf');
  await addDialog(window).getByRole('textbox').press('Enter');
  await expect(addDialog(window).getByRole('alert')).toContainText('whole path');
  await addDialog(window).getByRole('textbox').fill('/etc/hostname');
  await addDialog(window).getByRole('textbox').press('Enter');
  await expect(addDialog(window).getByRole('alert')).toContainText('Only GGUF files');
  await window.keyboard.press('Escape');

  await add(join(folder, 'one.gguf'));
  await expect(card(window, 'First of mine')).toBeVisible();
  await expect(card(window, 'Second of mine')).toHaveCount(0);
  await add(folder);
  await expect(card(window, 'Second of mine')).toBeVisible();
  await expect(card(window, 'First of mine')).toHaveCount(1);
  await shot(window, 'models-installed');

  await card(window, 'Second of mine').getByRole('button', { name: 'Load Second of mine' }).click();
  await expect(card(window, 'Second of mine')).toContainText('loaded', { timeout: 20_000 });
  await window.getByRole('button', { name: /^New chat/ }).click();
  await expect(picker(window)).toContainText('Second of mine');
  await ask(window, 'Hello');
  await expect(lastText(window)).not.toBeEmpty();

  await place(window, 'Models').click();
  await places.getByRole('button', { name: `Forget ${folder}`, exact: true }).click();
  await expect(card(window, 'Second of mine')).toHaveCount(0);
  await expect(card(window, 'First of mine')).toBeVisible();
  renameSync(join(folder, 'one.gguf'), join(folder, 'moved.gguf'));
  await window.getByRole('button', { name: 'Look again' }).click();
  await expect(places).toContainText(/nothing|not there|missing|gone/i);
  expect(readdirSync(folder).sort()).toEqual(['moved.gguf', 'sub']);
  removeDir(folder);
});

test('threads are measured once, shown, measured again and chosen by hand; unload frees the model', async ({
  window,
  app,
}) => {
  await place(window, 'Models').click();
  await card(window, builtinName).getByRole('button', { name: /^Load/ }).click();
  await expect(card(window, builtinName)).toContainText('loaded', { timeout: 30_000 });
  await window.getByRole('tab', { name: 'This computer' }).click();
  const threads = window.getByRole('region', { name: 'Threads' });
  await expect(threads).toContainText(/It runs with \d+, measured/);
  await expect(threads).toContainText(/1 thread\s*[\d.,]+ tokens\/s/);
  await shot(window, 'models-computer');
  await threads.getByRole('button', { name: 'Measure again' }).click();
  await expect(threads.getByRole('button', { name: 'Measure again' })).toBeEnabled({ timeout: 30_000 });
  await threads.getByRole('combobox', { name: 'Threads by hand' }).selectOption('1');
  await expect(threads).toContainText('It runs with 1, chosen by you', { timeout: 30_000 });
  await threads.getByRole('combobox', { name: 'Threads by hand' }).selectOption('');
  await expect(threads).toContainText(/measured earlier on this computer/, { timeout: 30_000 });
  await window.getByRole('tab', { name: 'Installed' }).click();
  await card(window, builtinName).getByRole('button', { name: 'Unload' }).click();
  await expect(card(window, builtinName)).toContainText('not loaded');
  const client = await openClient(app);
  for await (const { model } of client.engine.watch(null)) {
    expect(model.state).toBe('none');
    break;
  }
  client.close();
});

test.describe('with slow and failing files', () => {
  const appDataDir = makeDir();
  test.use({ ...scripted, appDataDir });
  test.beforeAll(() => {
    mkdirSync(join(appDataDir, 'models'));
    for (const name of ['slow-load', 'crash-load', 'fail-load'])
      copyFileSync(builtin, join(appDataDir, `models/${name}.gguf`));
  });
  test.afterAll(() => removeDir(appDataDir));

  test('a load shows its progress and can be cancelled, from the picker, the card and the chat', async ({
    window,
  }) => {
    await picker(window).click();
    await pickerList(window)
      .getByTitle(/slow-load/)
      .click();
    await expect(picker(window)).toContainText(/loading \d+%/);
    await picker(window).click();
    await shot(window, 'picker-loading');
    await pickerList(window).getByRole('button', { name: 'Cancel' }).click();
    await window.keyboard.press('Escape');
    await expect(picker(window)).toHaveAccessibleName(/not loaded/);

    await say(window, 'say loaded after all');
    await expect(lastAnswer(window)).toContainText(/Loading .* \d+%/);
    await shot(window, 'chat-loading');
    await lastAnswer(window).getByRole('button', { name: 'Cancel' }).click();
    await expect(lastAnswer(window)).toContainText('Stopped');
    await lastAnswer(window).getByRole('button', { name: 'Try again' }).click();
    await expect(lastText(window)).toHaveText('loaded after all', { timeout: 15_000 });

    await place(window, 'Models').click();
    const slow = card(window, 'slow-load.gguf');
    await slow.getByRole('button', { name: 'Unload' }).click();
    await slow.getByRole('button', { name: /^Load/ }).click();
    await expect(slow.getByRole('progressbar')).toBeVisible();
    await shot(window, 'models-loading');
    await slow.getByRole('button', { name: 'Cancel' }).click();
    await expect(slow).toContainText('not loaded');
  });

  test('a file that ends the engine says so, and the next model loads', async ({ window }) => {
    await place(window, 'Models').click();
    await card(window, 'crash-load.gguf').getByRole('button', { name: /^Load/ }).click();
    await expect(toasts(window)).toContainText('The inference engine stopped');
    await expect(card(window, 'crash-load.gguf')).toContainText('could not be loaded');
    await shot(window, 'models-crash-load');
    await card(window, 'inkling-tiny-random.gguf').getByRole('button', { name: /^Load/ }).click();
    await expect(card(window, 'inkling-tiny-random.gguf')).toContainText('loaded');
    await expect(
      card(window, 'inkling-tiny-random.gguf').getByRole('button', { name: 'Unload' }),
    ).toBeVisible();
  });

  test('a chosen model whose file vanished is not replaced in silence', async ({ window }) => {
    copyFileSync(builtin, join(appDataDir, 'models/short-lived.gguf'));
    await picker(window).click();
    await pickerList(window)
      .getByTitle(/short-lived/)
      .click();
    await expect(picker(window)).toHaveAccessibleName(/, loaded/);
    rmSync(join(appDataDir, 'models/short-lived.gguf'));
    await expect(picker(window)).toHaveAccessibleName(/gone|missing|not (there|here)/);
    await ask(window, 'say hello');
    await expect(trouble(window)).toContainText('not on this machine any more');
  });
});
