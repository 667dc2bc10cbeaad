import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Page } from '@playwright/test';
import { writeRandomModel } from '../../models/randomModel.ts';
import { makeDir, removeDir } from '../hosts/browser/startHost.ts';
import { test as base, expect } from './app.ts';
import { ask, lastText, picker, place, shot, toasts } from './page.ts';

/** The app of an account whose home folder holds the models of other apps. */
const test = base.extend<{ readonly home: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants to see what a fixture needs
  home: async ({}, use) => {
    const home = makeDir();
    await use(home);
    removeDir(home);
  },
  app: async ({ startApp, home }, use) => {
    const unset = ['OLLAMA_MODELS', 'HF_HUB_CACHE', 'HUGGINGFACE_HUB_CACHE', 'HF_HOME', 'LLAMA_CACHE'];
    const env = Object.fromEntries([...unset, 'XDG_DATA_HOME', 'XDG_CACHE_HOME'].map((name) => [name, '']));
    await use(await startApp({ env: { ...env, HOME: home, USERPROFILE: home } }));
  },
});

const installed = (page: Page) => page.getByRole('list', { name: 'Installed models' });
const card = (page: Page, name: string) => installed(page).getByRole('listitem').filter({ hasText: name });
const dialog = (page: Page) => page.getByRole('dialog', { name: 'Models of other apps' });
const open = async (page: Page) => {
  await place(page, 'Models').click();
  await page.getByRole('button', { name: 'Look for models of other apps…' }).first().click();
};

async function put(path: string, name: string, seed: number): Promise<string> {
  mkdirSync(dirname(path), { recursive: true });
  await writeRandomModel(path, { name, seed });
  return path;
}

/** Puts a model into Ollama's store and answers its blob. */
async function pull(home: string, name: string, seed: number): Promise<string> {
  const store = join(home, '.ollama/models');
  const made = await put(join(home, 'made.gguf'), 'Inside', seed);
  const hash = createHash('sha256').update(readFileSync(made)).digest('hex');
  const blob = join(store, `blobs/sha256-${hash}`);
  mkdirSync(dirname(blob), { recursive: true });
  cpSync(made, blob);
  const manifest = join(store, 'manifests/registry.ollama.ai/library', name, 'latest');
  mkdirSync(dirname(manifest), { recursive: true });
  const layer = {
    mediaType: 'application/vnd.ollama.image.model',
    digest: `sha256:${hash}`,
    size: statSync(blob).size,
  };
  writeFileSync(manifest, JSON.stringify({ layers: [layer] }));
  return blob;
}

test('models of other apps are found, chosen, used where they lie, and never touched', async ({
  window,
  home,
}) => {
  test.setTimeout(90_000);
  const blob = await pull(home, 'smallwords', 3);
  const lm = await put(join(home, '.lmstudio/models/pub/repo/Studio-Q4_K_M.gguf'), 'Studio model', 4);
  mkdirSync(join(home, '.local/share/nomic.ai/GPT4All'), { recursive: true });
  cpSync(lm, join(home, '.local/share/nomic.ai/GPT4All/copy-of-studio.gguf'));
  writeFileSync(join(home, '.local/share/nomic.ai/GPT4All/half.gguf'), 'GG');
  const before = statSync(blob);

  await open(window);
  const list = dialog(window).getByRole('list', { name: 'Models of other apps' });
  await expect(list.getByRole('listitem')).toHaveCount(3);
  await expect(list).toContainText('Studio-Q4_K_M');
  await expect(list).toContainText('smallwords:latest');
  await expect(dialog(window)).toContainText('1 copy of models above is left out');
  await expect(list.getByRole('checkbox', { name: /half/ })).toBeDisabled();
  await shot(window, 'other-apps');
  await expect(dialog(window).getByRole('button', { name: 'Use chosen models' })).toBeDisabled();

  // By keyboard alone.
  await list.getByRole('checkbox', { name: /smallwords/ }).focus();
  await window.keyboard.press('Space');
  await dialog(window).getByRole('button', { name: 'Use 1 model' }).press('Enter');
  await expect(card(window, 'smallwords:latest')).toContainText('Kept by Ollama');
  await shot(window, 'other-apps-used');

  await test.step('the first model beside the one that came along is offered at once', async () => {
    await toasts(window).getByRole('button', { name: 'Use it now' }).click();
    await expect(picker(window)).toContainText('smallwords:latest');
    await ask(window, 'Hello');
    await expect(lastText(window)).not.toBeEmpty();
  });

  await test.step('it is in the list now, and taking it off deletes nothing', async () => {
    await open(window);
    await expect(list.getByRole('listitem').filter({ hasText: 'smallwords' })).toContainText('In your list');
    await window.keyboard.press('Escape');
    await expect(dialog(window)).toHaveCount(0);
    await card(window, 'smallwords').getByRole('button', { name: 'Options for smallwords:latest' }).click();
    await window.getByRole('menuitem', { name: 'Take off the list…' }).click();
    const ask = window.getByRole('dialog', { name: 'Take smallwords:latest off the list?' });
    await expect(ask).toContainText('Inkling deletes nothing');
    await expect(ask).toContainText('unloaded first');
    await shot(window, 'other-apps-forget');
    await ask.getByRole('button', { name: 'Take off the list' }).click();
    await expect(card(window, 'smallwords')).toHaveCount(0);
    expect(statSync(blob)).toMatchObject({ ino: before.ino, size: before.size, mtimeMs: before.mtimeMs });
  });
});

test('where there is nothing it says where it looked', async ({ window }) => {
  await open(window);
  await expect(dialog(window)).toContainText('Nothing was found');
  await shot(window, 'other-apps-none');
  await window.keyboard.press('Escape');
  await expect(window.getByRole('button', { name: 'Look for models of other apps…' }).first()).toBeFocused();
});

test('a model that its app deletes leaves the list, and the place says why', async ({ window, home }) => {
  const blob = await pull(home, 'leaving', 5);
  await open(window);
  await dialog(window)
    .getByRole('checkbox', { name: /leaving/ })
    .check();
  await dialog(window).getByRole('button', { name: 'Use 1 model' }).click();
  await expect(card(window, 'leaving:latest')).toBeVisible();
  rmSync(blob);
  await window.getByRole('button', { name: 'Look again' }).click();
  await expect(card(window, 'leaving:latest')).toHaveCount(0);
  const places = window.getByRole('list', { name: 'Places' });
  await expect(places).toContainText('leaving:latest · Ollama');
  await expect(places).toContainText('not there any more');
  await places.getByRole('button', { name: 'Forget leaving:latest · Ollama' }).click();
  await expect(places).not.toContainText('leaving');
  expect(existsSync(blob)).toBe(false);
});
