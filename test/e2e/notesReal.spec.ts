import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeDir, removeDir } from '../hosts/browser/startHost.ts';
import { chooseFolder, expect, index, line, openNote, saved, test, text, tree } from './notesFolder.ts';
import { ask, lastAnswer, shot } from './page.ts';

// The real engine and a model of random weights, which writes words without a meaning.

test("today's note is made once, and goes to the system's bin when asked", async ({
  startApp,
  page,
  folder,
}) => {
  const home = makeDir();
  try {
    const app = await startApp({ env: { XDG_DATA_HOME: home, HOME: home } });
    await page.goto(app.address);
    await chooseFolder(page, folder.path);
    await page.getByRole('button', { name: "Today's note" }).first().click();
    await expect(page.getByRole('heading', { name: /^\d{4}-\d\d-\d\d\.md$/ })).toBeVisible();
    const name = (await page.getByRole('heading', { name: /^\d{4}-\d\d-\d\d\.md$/ }).textContent()) ?? '';
    await text(page).press('Control+End');
    await page.keyboard.type('Rain. The stove draws well.');
    await expect(saved(page)).toHaveText('saved');
    await openNote(page, 'Ideas');
    await page.getByRole('button', { name: "Today's note" }).first().click();
    await expect(text(page)).toContainText('The stove draws well.');

    await page.getByRole('button', { name: 'Options for this note' }).click();
    await page.getByRole('menuitem', { name: 'Move to bin…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Move to bin' }).click();
    await expect(page.getByText(`Moved “${name.replace('.md', '')}” to the bin.`)).toBeVisible();
    await expect(line(page, name.replace('.md', ''))).toHaveCount(0);
    await expect(tree(page)).toBeVisible();
    expect(existsSync(join(folder.path, name))).toBe(false);
    expect(readdirSync(join(home, 'Trash/files'))).toEqual([name]);
    expect(readFileSync(join(home, 'Trash/files', name), 'utf8')).toContain('The stove draws well.');
  } finally {
    removeDir(home);
  }
});

test('an embedding model is chosen, and a question is answered by meaning too', async ({
  window,
  folder,
}) => {
  await chooseFolder(window, folder.path);
  await index(window).getByRole('button', { name: 'by words' }).click();
  const dialog = window.getByRole('dialog', { name: 'How notes are found' });
  await dialog.getByRole('combobox', { name: 'Embedding model' }).selectOption({ index: 1 });
  await shot(window, 'embedding-choice');
  await dialog.getByRole('button', { name: 'Use it' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(index(window).getByRole('button', { name: 'words and meaning' })).toBeVisible();
  await window.keyboard.press('Control+Shift+O');
  await window.getByRole('button', { name: 'Notes', exact: true, pressed: false }).click();
  await expect(async () => {
    await ask(window, 'What do we take for the bench?');
    const sources = lastAnswer(window).getByRole('region', { name: 'Sources' });
    await sources.getByText('Why this passage').first().click();
    await expect(sources).toContainText(/place \d+ by meaning/, { timeout: 2000 });
  }).toPass({ timeout: 40_000 });
  await shot(window, 'by-meaning');
});

test('a real model writes a proposal that is reviewed, taken, and undone', async ({ window, folder }) => {
  await chooseFolder(window, folder.path);
  await openNote(window, 'Ideas');
  const path = join(folder.path, 'Ideas.md');
  const before = readFileSync(path, 'utf8');
  await window.getByRole('button', { name: 'Write…' }).click();
  await window.getByRole('menuitem', { name: 'Summarize' }).click();
  const summary = window.getByRole('dialog', { name: 'Summarize' });
  await expect(summary.getByRole('textbox', { name: 'Proposed changes' })).toBeVisible({ timeout: 30_000 });
  await expect(summary).toContainText('1 part to decide');
  expect(readFileSync(path, 'utf8')).toBe(before);
  await shot(window, 'real-proposal');
  await summary.getByRole('button', { name: 'Accept all' }).click();
  await expect.poll(() => readFileSync(path, 'utf8').length).toBeGreaterThan(before.length);
  expect(readFileSync(path, 'utf8')).toContain('- a bench by the south wall');
  await expect(text(window)).toBeFocused();
  await window.keyboard.press('Control+z');
  await expect.poll(() => readFileSync(path, 'utf8')).toBe(before);
});
