import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { testModel } from '../hosts/browser/startHost.ts';
import { expectAccessible as isAccessible } from './accessible.ts';
import { chooseFolder, expect, openNote, saved, test, text } from './notesFolder.ts';
import { ask, composer, lastAnswer, place, scripted, send, toasts } from './page.ts';

test.use({ ...scripted, contextOptions: { reducedMotion: 'reduce' } });

const write = async (page: Page, task: string) => {
  await page.getByRole('button', { name: 'Write…' }).click();
  await page.getByRole('menuitem', { name: task }).click();
};
const dialog = (page: Page, name: string): Locator => page.getByRole('dialog', { name });
const md = (answer: string) => `md ${Buffer.from(answer).toString('base64')}`;

/** Nothing that axe calls serious or critical, by day and by night. */
const expectAccessible = (page: Page, state: string): Promise<void> => isAccessible(page, 'write', state);

const list =
  '- heating pad, when we know the January lows\n- second panel on the south wall\n- ask Ines about the charge controller';

test('a selection is rewritten: one part is accepted, one rejected, and undo takes it back', async ({
  window,
  folder,
}) => {
  await chooseFolder(window, folder.path);
  await openNote(window, 'Power');
  const path = join(folder.path, 'Cabin/Power.md');
  const before = readFileSync(path, 'utf8');
  // The last three lines.
  await text(window).press('Control+End');
  for (let line = 0; line < 3; line++) await window.keyboard.press('Shift+ArrowUp');

  await write(window, 'Rewrite…');
  const rewrite = dialog(window, 'Rewrite');
  await expect(rewrite).toContainText('The selection, 20 words.');
  await expectAccessible(window, 'rewrite');
  const answer = list.replace('heating pad', 'A warm pad').replace('ask Ines', 'Call Ines');
  await rewrite.getByRole('textbox', { name: 'Or in your own words' }).fill(md(answer));
  await window.keyboard.press('Enter');
  const changes = rewrite.getByRole('textbox', { name: 'Proposed changes' });
  await expect(changes).toContainText('A warm pad, when we know');
  await expect(rewrite).toContainText('2 parts to decide');
  await expectAccessible(window, 'review');
  expect(readFileSync(path, 'utf8'), 'nothing is written before it is accepted').toBe(before);

  await rewrite.getByRole('button', { name: 'Reject this part' }).first().click();
  await expect(rewrite).toContainText('1 part to decide');
  await rewrite.getByRole('button', { name: 'Accept this part' }).press('Enter');
  await expect(rewrite).toContainText('All parts are decided');
  await rewrite.getByRole('button', { name: 'Apply' }).click();
  await expect(rewrite).toHaveCount(0);
  await expect(text(window)).toContainText('Call Ines about the charge controller');
  await expect.poll(() => readFileSync(path, 'utf8')).toBe(before.replace('ask Ines', 'Call Ines'));
  await expect(text(window)).toBeFocused();
  await window.keyboard.press('Control+z');
  await expect.poll(() => readFileSync(path, 'utf8')).toBe(before);
  await expect(saved(window)).toHaveText('saved');
});

test('a proposal can be stopped, discarded, and meets a note that was changed meanwhile', async ({
  window,
  folder,
}) => {
  await chooseFolder(window, folder.path);
  await openNote(window, 'Ideas');
  await write(window, 'Rewrite…');
  const rewrite = dialog(window, 'Rewrite');
  await rewrite.getByRole('textbox', { name: 'Or in your own words' }).fill('words 100000 2');
  await window.keyboard.press('Enter');
  await expect(rewrite.getByRole('region', { name: 'Proposal' })).toContainText('20 21');
  await expectAccessible(window, 'running');
  await rewrite.getByRole('button', { name: 'Stop' }).click();
  await expect(rewrite).toContainText('The note is as it was.');
  await window.keyboard.press('Escape');
  await expect(rewrite).toHaveCount(0);

  await write(window, 'Rewrite…');
  await rewrite
    .getByRole('textbox', { name: 'Or in your own words' })
    .fill(md('# Ideas\n\n- a ship\n- a bench by the south wall'));
  await window.keyboard.press('Enter');
  await expect(rewrite).toContainText('1 part to decide');
  folder.write('Ideas.md', '# Ideas\n\n- a boat\n- a bench by the south wall\n- a kite\n');
  await expect(rewrite).toContainText('The note was changed meanwhile.');
  await expect(rewrite).toContainText('a kite');
  await rewrite.getByRole('button', { name: 'Discard' }).click();
  await expect(rewrite).toHaveCount(0);
  expect(readFileSync(join(folder.path, 'Ideas.md'), 'utf8')).toContain('- a boat\n');
});

test('a summary, and what else is proposed for a whole note, is accepted as a whole', async ({
  window,
  folder,
}) => {
  await chooseFolder(window, folder.path);
  await openNote(window, 'Ideas');
  await write(window, 'Summarize');
  const summary = dialog(window, 'Summarize');
  await expect(summary).toContainText('The whole note, 9 words.');
  await summary.getByRole('button', { name: 'Accept all' }).click();
  const path = join(folder.path, 'Ideas.md');
  // What the scripted engine says to a prompt without a script, below the heading.
  await expect.poll(() => readFileSync(path, 'utf8')).toMatch(/^# Ideas\n\nYou said: [\s\S]*\n\n- a boat\n/);
});

test('tags that were chosen come into the front matter', async ({ window, folder }) => {
  const script = `${md('\nwinter, boat, Charge controller\n')}`;
  folder.write('Tagged.md', `---\ntags: [winter]\n---\n${script}\n`);
  await chooseFolder(window, folder.path);
  await openNote(window, 'Tagged');
  await write(window, 'Propose tags');
  const tags = dialog(window, 'Propose tags');
  await expect(tags.getByRole('button', { name: '#boat' })).toHaveAttribute('aria-pressed', 'true');
  await expect(tags.getByRole('button', { name: '#winter' })).toHaveCount(0);
  await tags.getByRole('button', { name: '#boat' }).click();
  await expectAccessible(window, 'tags');
  await tags.getByRole('button', { name: 'Accept all' }).click();
  await expect
    .poll(() => readFileSync(join(folder.path, 'Tagged.md'), 'utf8'))
    .toBe(`---\ntags: [winter, Charge-controller]\n---\n${script}\n`);
});

test('the model that comes with the app cannot write, and the way to others is shown', async ({
  startApp,
  page,
  folder,
}) => {
  const models = join(folder.path, '.models');
  mkdirSync(models);
  copyFileSync(testModel, join(models, 'inkling-starter.gguf'));
  const app = await startApp({ env: { INKLING_BUILTIN_MODELS: models } });
  await page.goto(app.address);
  await chooseFolder(page, folder.path);
  await openNote(page, 'Ideas');
  await write(page, 'Summarize');
  const summary = dialog(page, 'Summarize');
  await expect(summary.getByRole('alert')).toContainText('it cannot write for you. Your note is as it was.');
  await expectAccessible(page, 'starter');
  await summary.getByRole('button', { name: 'Choose a model' }).click();
  await expect(page.getByRole('heading', { name: 'Models', exact: true })).toBeVisible();
});

test('an answer is saved as a note, and never over another', async ({ window, folder }) => {
  await chooseFolder(window, folder.path);
  await window.getByRole('button', { name: 'New note' }).first().waitFor();
  await openNote(window, 'Power');
  await window.getByRole('button', { name: 'Ask about this' }).click();
  await composer(window).fill('say We take the 100 Ah LiFePO4. [1]\nsay needs no ventilation');
  await send(window).click();
  await expect(lastAnswer(window).getByRole('button', { name: 'Save as note…' })).toBeVisible({
    timeout: 30_000,
  });
  await lastAnswer(window).getByRole('button', { name: 'Save as note…' }).click();
  const save = dialog(window, 'Save as note');
  await expect(save.getByRole('textbox', { name: 'Name' })).toHaveValue('say We take the 100 Ah LiFePO4. 1');
  await expectAccessible(window, 'save as note');
  await save
    .getByRole('combobox', { name: 'Folder' })
    .selectOption({ label: `${folder.path.split('/').at(-1)}/Cabin` });
  await save.getByRole('textbox', { name: 'Name' }).fill('Loads');
  await window.keyboard.press('Enter');
  await expect(save.getByRole('alert')).toContainText('choose another name');
  expect(readFileSync(join(folder.path, 'Cabin/Loads.md'), 'utf8')).toContain('38 Ah a day');
  await save.getByRole('textbox', { name: 'Name' }).fill('Which battery');
  await window.keyboard.press('Enter');
  await expect(save).toHaveCount(0);
  await toasts(window).getByRole('button', { name: 'Open note' }).click();
  await expect(window.getByRole('heading', { name: 'Cabin / Which battery.md' })).toBeVisible();
  await expect(text(window)).toContainText('[[Cabin/Power#');
  expect(readFileSync(join(folder.path, 'Cabin/Which battery.md'), 'utf8')).toMatch(
    /^# Which battery\n\nWe take the 100 Ah LiFePO4\. \[1\] needs no ventilation\n\n## Sources\n\n\*\*\[1\]\*\* \[\[Cabin\/Power#\w+\]\]\n\n> /,
  );
});

test('without a folder of notes, the way to one is shown', async ({ window }) => {
  await ask(window, 'say Hello.');
  await lastAnswer(window).getByRole('button', { name: 'Save as note…' }).click();
  await dialog(window, 'Save as note').getByRole('button', { name: 'Go to Notes' }).click();
  await expect(window.getByRole('button', { name: 'Choose a folder…' })).toBeVisible();
  await expect(place(window, 'Notes')).toBeVisible();
});
