import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { openClient } from '../client.ts';
import { writeAdapter } from '../engine/writeAdapter.ts';
import { makeDir, type RunningHost, removeDir, testModel } from '../hosts/browser/startHost.ts';
import { expect, test } from './app.ts';
import { ask, lastText, palette, picker, place, say, scripted, send, shot, toasts, trouble } from './page.ts';

const builtinName = 'Random words (test model)';
const card = (page: Page, name: string) =>
  page.getByRole('list', { name: 'Installed models' }).getByRole('listitem').filter({ hasText: name });
const pickerList = (page: Page) => page.getByRole('dialog', { name: 'Models' });
const dialog = (page: Page) => page.getByRole('dialog', { name: /^Load settings of/ });

async function openFromCard(page: Page, name: string): Promise<void> {
  await card(page, name)
    .getByRole('button', { name: /^Options for/ })
    .click();
  await page.getByRole('menuitem', { name: 'Load settings…' }).click();
  await expect(dialog(page)).toBeVisible();
}

async function status(app: RunningHost) {
  const client = await openClient(app);
  try {
    for await (const now of client.engine.watch(null)) return now;
    throw new Error('the app told nothing');
  } finally {
    client.close();
  }
}

test('the window and the cache of a model are chosen with the memory in sight, and hold from the next load on', async ({
  window,
  app,
}) => {
  await place(window, 'Models').click();
  await openFromCard(window, builtinName);
  const memory = dialog(window).getByRole('status', { name: 'Memory' });
  await expect(memory).toContainText('Runs well here');
  const before = (await memory.textContent()) ?? '';
  const slider = dialog(window).getByRole('slider', { name: 'Context window' });
  await expect(slider).toHaveAttribute('aria-valuetext', 'Automatic (8,192)');
  await slider.press('End');
  await expect(slider).toHaveAttribute('aria-valuetext', '32,768 tokens');
  await expect(memory).not.toHaveText(before);
  await shot(window, 'load-settings');
  await slider.press('Home');
  await slider.press('ArrowRight');
  await slider.press('ArrowRight');
  await dialog(window).getByRole('combobox', { name: 'Cache of the window' }).selectOption('q8_0');
  await dialog(window).getByRole('combobox', { name: 'Flash attention' }).selectOption('off');
  // A smaller cache cannot be had without it.
  await expect(dialog(window).getByRole('combobox', { name: 'Cache of the window' })).toHaveValue('f16');
  await dialog(window).getByRole('combobox', { name: 'Cache of the window' }).selectOption('q8_0');
  await expect(dialog(window).getByRole('combobox', { name: 'Flash attention' })).toHaveValue('auto');
  await dialog(window).getByRole('slider', { name: 'Threads' }).press('ArrowRight');
  await dialog(window)
    .getByRole('checkbox', { name: /^Map the file/ })
    .uncheck();
  await dialog(window).getByRole('button', { name: 'Save and load' }).click();
  await expect(dialog(window)).toHaveCount(0);
  await expect(card(window, builtinName).getByRole('button', { name: 'Unload' })).toBeVisible();
  expect((await status(app)).model).toMatchObject({
    state: 'ready',
    loaded: { contextSize: 1024, cacheType: 'q8_0', threads: 1, threadsBy: 'chosen', mmap: false },
  });

  await openFromCard(window, builtinName);
  await expect(slider).toHaveAttribute('aria-valuetext', '1,024 tokens');
  await dialog(window).getByText('How words are picked').click();
  await expect(dialog(window).getByRole('row', { name: /temperature/ })).toContainText('Inkling');
  await dialog(window).getByRole('button', { name: 'Reset' }).click();
  await dialog(window).getByRole('button', { name: 'Save', exact: true }).click();
});

test('an adapter changes what the loaded model says, and gives it back its words when detached', async ({
  window,
  app,
}) => {
  const models = join(app.dataDir, 'models');
  await writeAdapter(join(models, 'voice.gguf'), { name: 'Another voice' });
  await writeAdapter(join(models, 'foreign.gguf'), { name: 'For others', architecture: 'qwen3' });
  const client = await openClient(app);
  await client.settings.set({ sampling: { temperature: 0, maxTokens: 16, repeatPenalty: 1 } });
  client.close();
  await ask(window, 'Say something');
  const plain = await lastText(window).textContent();
  const attach = async (change: () => Promise<void>) => {
    await picker(window).click();
    await pickerList(window).getByRole('button', { name: 'Load settings…' }).click();
    await change();
    await dialog(window).getByRole('button', { name: 'Save', exact: true }).click();
    await expect(dialog(window)).toHaveCount(0);
  };
  const again = async () => {
    await window.getByRole('button', { name: 'New chat' }).first().click();
    await ask(window, 'Say something');
    return lastText(window).textContent();
  };
  const voice = dialog(window).getByRole('checkbox', { name: 'Another voice' });
  await attach(async () => {
    await expect(dialog(window)).toContainText('made for “qwen3” models');
    await expect(dialog(window).getByRole('checkbox', { name: 'For others' })).toBeDisabled();
    await voice.check();
    await expect(dialog(window).getByRole('slider', { name: 'Strength of Another voice' })).toHaveValue('1');
    await shot(window, 'load-settings-adapter');
  });
  const { pid } = await status(app);
  expect(await again()).not.toBe(plain);
  await attach(() => voice.uncheck());
  expect(await again()).toBe(plain);
  expect((await status(app)).pid, 'the model was not loaded again').toBe(pid);
  await picker(window).click();
  await expect(pickerList(window)).not.toContainText('Another voice');
});

test('this computer tells what it is and how fast models were', async ({ window }) => {
  await ask(window, 'Tell me a long story');
  await ask(window, 'And another one');
  await place(window, 'Models').click();
  await window.getByRole('tab', { name: 'This computer' }).click();
  const hardware = window.getByRole('region', { name: 'Hardware' });
  await expect(hardware).toContainText('Its features');
  await expect(hardware).toContainText(/No graphics card was found|It was found/);
  const speeds = window.getByRole('region', { name: 'Measured speed' });
  await expect(speeds.getByRole('row', { name: new RegExp(builtinName.slice(0, 12)) })).toContainText(
    /\d\.\d/,
  );
  await shot(window, 'this-computer');
});

test.describe('switching', () => {
  const appDataDir = makeDir();
  test.use({ ...scripted, appDataDir });
  test.beforeAll(() => {
    mkdirSync(join(appDataDir, 'models'));
    for (const name of ['plain', 'slow-load', 'memory-load', 'fail-load'])
      copyFileSync(testModel, join(appDataDir, `models/${name}.gguf`));
  });
  test.afterAll(() => removeDir(appDataDir));

  const choose = async (page: Page, name: string) => {
    await picker(page).click();
    await pickerList(page)
      .getByTitle(new RegExp(`${name}\\.gguf`))
      .click();
  };

  test('the old model answers until the new one is ready; a cancel leaves it in use', async ({
    window,
    app,
  }) => {
    await choose(window, 'plain');
    await expect(picker(window)).toHaveAccessibleName(/, loaded/);
    const { pid } = await status(app);
    await choose(window, 'slow-load');
    await expect(picker(window)).toContainText(/switching/);
    await shot(window, 'switching');
    await say(window, 'say the old one is here');
    await expect(lastText(window)).toHaveText('the old one is here', { timeout: 3_000 });
    await picker(window).click();
    const cancel = pickerList(window).getByRole('button', { name: 'Cancel' });
    await cancel.click();
    await expect(cancel).toHaveCount(0);
    await window.keyboard.press('Escape');
    expect(await status(app)).toMatchObject({ pid, next: null, model: { state: 'ready' } });

    await choose(window, 'slow-load');
    await expect(picker(window)).toContainText(/switching/);
    await expect(picker(window)).not.toContainText(/switching/, { timeout: 15_000 });
    expect((await status(app)).pid).not.toBe(pid);
    await expect(send(window)).toBeVisible();
    await ask(window, 'say the new one is here');
    await expect(lastText(window)).toHaveText('the new one is here');
  });

  test('the palette switches, too', async ({ window, app }) => {
    await choose(window, 'plain');
    await expect(picker(window)).toHaveAccessibleName(/, loaded/);
    const before = (await status(app)).model;
    await window.keyboard.press('ControlOrMeta+k');
    await palette(window).getByRole('combobox').fill('use model');
    await palette(window).getByRole('option').last().click();
    await expect.poll(async () => JSON.stringify((await status(app)).model)).not.toBe(JSON.stringify(before));
  });

  test('a message that could not be answered for want of memory is, with what its button names', async ({
    window,
    app,
  }) => {
    const client = await openClient(app);
    const { models } = await client.library.rescan(null);
    const memory = models.find(({ fileName }) => fileName === 'memory-load.gguf');
    await client.settings.set({ modelId: memory?.id ?? null, load: {} });
    client.close();
    await say(window, 'say with less memory');
    await expect(trouble(window)).toContainText('not enough memory');
    await trouble(window).getByRole('button', { name: 'Try with a context of 4,096' }).click();
    await expect(lastText(window)).toHaveText('with less memory', { timeout: 15_000 });
  });

  test('a load that fails says why, names what to try next, and the old model stays', async ({
    window,
    app,
  }) => {
    await choose(window, 'plain');
    await expect(picker(window)).toHaveAccessibleName(/, loaded/);
    const own = await openClient(app);
    await own.settings.set({ load: {} });
    own.close();
    await choose(window, 'memory-load');
    await expect(toasts(window)).toContainText('not enough memory');
    await shot(window, 'failed-load-toast');
    await ask(window, 'say still the old one');
    await expect(lastText(window)).toHaveText('still the old one');
    await place(window, 'Models').click();
    const failed = card(window, 'memory-load.gguf');
    await expect(failed).toContainText('not enough memory');
    await shot(window, 'failed-load-card');
    await failed.getByRole('button', { name: 'Try with a context of 4,096' }).click();
    await expect(failed.getByRole('button', { name: 'Unload' })).toBeVisible();
    const client = await openClient(app);
    const { load } = await client.settings.get(null);
    client.close();
    expect(Object.values(load)).toEqual([expect.objectContaining({ contextSize: 4096 })]);
  });
});
