import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  chooseFolder,
  expect,
  index,
  indexed,
  line,
  openNote,
  panel,
  saved,
  search,
  test,
  text,
  tree,
} from './notesFolder.ts';
import { composer, palette, place, scripted, toasts } from './page.ts';

test.use(scripted);

test('a folder is chosen, indexed, and shown with its notes', async ({ window, folder }) => {
  await place(window, 'Notes').click();
  await expect(window.getByRole('heading', { name: 'Your notes, with a memory that answers' })).toBeVisible();
  await window.getByRole('button', { name: 'Choose a folder…' }).click();
  await window.getByRole('textbox', { name: 'Path of the folder' }).fill('/not/there');
  await window.keyboard.press('Enter');
  await expect(window.getByRole('dialog').getByRole('alert')).toContainText('no folder');
  await window.getByRole('textbox', { name: 'Path of the folder' }).fill(folder.path);
  await window.getByRole('button', { name: 'Use this folder' }).click();
  await indexed(window);
  await expect(index(window)).toContainText('6 notes');
  await expect(index(window)).toContainText('by words');
  await expect(place(window, 'Notes')).toContainText('6');
  await expect(line(window, 'Cabin')).toBeVisible();
  await expect(line(window, 'Ideas')).toBeVisible();
});

test('a note is opened from the tree by keyboard, edited, and saved on the disk', async ({
  window,
  folder,
}) => {
  await chooseFolder(window, folder.path);
  await expect(line(window, 'Cabin')).toBeVisible();
  await tree(window).focus();
  await window.keyboard.press('Home');
  await window.keyboard.press('c');
  await window.keyboard.press('ArrowRight');
  await window.keyboard.press('p');
  await window.keyboard.press('p');
  await window.keyboard.press('Enter');
  await expect(window.getByRole('heading', { name: 'Cabin / Power.md' })).toBeVisible();
  await expect(text(window)).toContainText('We take the 100 Ah LiFePO4.');
  await text(window).press('Control+End');
  await window.keyboard.type('- a shunt');
  await expect(saved(window)).toHaveText('saved');
  await expect
    .poll(() => readFileSync(join(folder.path, 'Cabin/Power.md'), 'utf8'))
    .toMatch(/controller\n- a shunt$/);
  await expect(window.locator('.cm-line').filter({ hasText: '[[Loads]]' })).toBeVisible();
});

test('a search finds passages as it is typed, and opens them marked', async ({ window, folder }) => {
  await chooseFolder(window, folder.path);
  await search(window).fill('ventil');
  const hit = window.getByRole('region', { name: 'In the text' }).getByRole('button').first();
  await expect(hit).toContainText('Power › ');
  await expect(hit.locator('mark')).toHaveText(/ventil/);
  await hit.click();
  await expect(window.locator('.cm-passage').first()).toBeVisible();
  await expect(window.locator('.cm-passage').filter({ hasText: 'ventilation' })).toBeVisible();
  await search(window).fill('zzzz');
  await expect(window.getByText('Nothing found for “zzzz”.')).toBeVisible();
  await search(window).press('Escape');
  await expect(tree(window)).toBeVisible();
});

test('names of notes are among what the palette finds, and Ctrl+O finds nothing else', async ({
  window,
  folder,
}) => {
  await chooseFolder(window, folder.path);
  await place(window, 'Models').click();
  await window.keyboard.press('Control+k');
  await palette(window).getByRole('combobox').fill('nordv');
  await palette(window).getByRole('option', { name: 'Nordvolt Shopping' }).click();
  await expect(window.getByRole('heading', { name: 'Shopping / Nordvolt.md' })).toBeVisible();
  await openNote(window, 'idea');
  await expect(window.getByRole('heading', { name: 'Ideas.md' })).toBeVisible();
  await expect(text(window)).toBeFocused();
  await window.goBack();
  await expect(window.getByRole('heading', { name: 'Shopping / Nordvolt.md' })).toBeVisible();
  await window.reload();
  await expect(text(window)).toContainText('with heating');
});

test('links are followed, completed, and make notes that are missing', async ({ window, folder }) => {
  await chooseFolder(window, folder.path);
  await openNote(window, 'Power');
  await window.getByText('[[Loads]]').click({ modifiers: ['Control'] });
  await expect(window.getByRole('heading', { name: 'Cabin / Loads.md' })).toBeVisible();
  await text(window).press('Control+End');
  await window.keyboard.type('And [[nordv');
  await expect(window.getByRole('option', { name: /Nordvolt/ })).toBeVisible();
  // The list takes no key in its first 75 ms: whoever was just typing did not mean it.
  await window.waitForTimeout(150);
  await window.keyboard.press('Enter');
  await expect(text(window)).toContainText('And [[Nordvolt]]');
  await window.keyboard.type(' [[Stove]]');
  await window.keyboard.press('ArrowLeft');
  await window.getByRole('button', { name: 'Create “Stove”' }).click();
  await window.getByRole('dialog', { name: 'New note' }).getByRole('button', { name: 'Create' }).click();
  await expect(window.getByRole('heading', { name: 'Cabin / Stove.md' })).toBeVisible();
  expect(readFileSync(join(folder.path, 'Cabin/Stove.md'), 'utf8')).toBe('# Stove\n\n');
  expect(readFileSync(join(folder.path, 'Cabin/Loads.md'), 'utf8')).toContain('And [[Nordvolt]] [[Stove]]');
});

test('beside a note stand the notes around it, its headings and its earlier versions', async ({
  window,
  folder,
}) => {
  await chooseFolder(window, folder.path);
  await openNote(window, 'Power');
  const from = panel(window).getByRole('region', { name: 'Linked from' });
  await expect(from.getByRole('button', { name: /Cabin\/Plan.md/ })).toContainText('2 links');
  await from.getByRole('button', { name: /Cabin\/Plan.md/ }).click();
  await expect(window.getByRole('heading', { name: 'Cabin / Plan.md' })).toBeVisible();
  await expect(window.locator('.cm-passage')).toContainText('[[Power]]');
  await openNote(window, 'Power');
  const map = panel(window).getByRole('region', { name: 'Map' });
  await expect(map.getByRole('button', { name: 'Loads, linked both ways' })).toBeVisible();
  await map.getByRole('button', { name: 'Plan, links here' }).focus();
  await expect(map).toContainText('Plan · links here');
  await window.keyboard.press('Enter');
  await expect(window.getByRole('heading', { name: 'Cabin / Plan.md' })).toBeVisible();
  await openNote(window, 'Power');
  await panel(window).getByRole('tab', { name: 'Outline' }).click();
  await panel(window).getByRole('button', { name: 'Later' }).click();
  await expect(window.locator('.cm-passage')).toHaveText('## Later');

  await text(window).press('Control+Home');
  await window.keyboard.type('first ');
  await expect
    .poll(() => readFileSync(join(folder.path, 'Cabin/Power.md'), 'utf8'))
    .toMatch(/^first # Power/);
  await panel(window).getByRole('tab', { name: 'History' }).click();
  await panel(window).getByRole('list', { name: 'Earlier versions' }).getByRole('button').last().click();
  const dialog = window.getByRole('dialog', { name: /^The note of/ });
  await expect(dialog.getByRole('textbox', { name: 'Differences' })).toContainText('first # Power');
  await dialog.getByRole('button', { name: 'Bring this back' }).click();
  await expect.poll(() => readFileSync(join(folder.path, 'Cabin/Power.md'), 'utf8')).toMatch(/^# Power/);
});

test('a rename shows the links that it changes, and changes those that were chosen', async ({
  window,
  folder,
}) => {
  await chooseFolder(window, folder.path);
  await openNote(window, 'Power');
  await window.getByRole('button', { name: 'Options for this note' }).click();
  await window.getByRole('menuitem', { name: 'Rename or move…' }).click();
  await window.getByRole('textbox', { name: 'Name, with its folder' }).fill('Cabin/Electric/Energy');
  await window.keyboard.press('Enter');
  const review = window.getByRole('dialog', { name: 'Links to “Power”' });
  await expect(review.getByRole('checkbox')).toHaveCount(2);
  await expect(review).toContainText('First [[Energy]], then the stove.');
  await review.getByRole('checkbox', { name: 'Cabin/Loads.md' }).uncheck();
  await review.getByRole('button', { name: 'Rename and update 1 note' }).click();
  await expect(window.getByRole('heading', { name: 'Cabin / Electric / Energy.md' })).toBeVisible();
  expect(readFileSync(join(folder.path, 'Cabin/Plan.md'), 'utf8')).toBe(
    '# Plan\n\nFirst [[Energy]], then the stove.\n\nThe battery: [[Energy|what we take]].\n',
  );
  expect(readFileSync(join(folder.path, 'Cabin/Loads.md'), 'utf8')).toContain('[[Power]]');
  await text(window).press('Control+End');
  await window.keyboard.type('still here');
  await expect
    .poll(() => readFileSync(join(folder.path, 'Cabin/Electric/Energy.md'), 'utf8'))
    .toContain('still here');
});

test('skipped notes are listed with the reason, and a folder can be taken out again', async ({
  window,
  folder,
}) => {
  folder.write('binary.md', new Uint8Array([35, 32, 0, 1, 2, 0]));
  await chooseFolder(window, folder.path);
  await index(window).getByRole('button', { name: '1 skipped' }).click();
  await expect(window.getByRole('list', { name: 'Skipped notes' })).toContainText('binary.md');
  await window.keyboard.press('Escape');
  await tree(window).focus();
  await window.keyboard.press('Home');
  await window.keyboard.press('Shift+F10');
  await window.getByRole('menuitem', { name: 'Take out of Inkling…' }).click();
  await window.getByRole('button', { name: 'Take out', exact: true }).click();
  await expect(window.getByRole('button', { name: 'Choose a folder…' })).toBeVisible();
  expect(readFileSync(join(folder.path, 'Ideas.md'), 'utf8')).toContain('a boat');
  await expect(toasts(window).getByRole('alert')).toHaveCount(0);
});

test('a chat about one note is one button away', async ({ window, folder }) => {
  await chooseFolder(window, folder.path);
  await openNote(window, 'Power');
  await window.getByRole('button', { name: 'Ask about this' }).click();
  await expect(composer(window)).toBeFocused();
  await expect(window.getByRole('button', { name: /^Which notes: .*Power/ })).toBeVisible();
});

test('a note goes to the bin only when asked twice, by keyboard, and the focus comes back', async ({
  window,
  folder,
}) => {
  await chooseFolder(window, folder.path);
  await line(window, 'Ideas').click();
  await expect(text(window)).toContainText('a boat');
  await window.keyboard.press('F2');
  await expect(window.getByRole('textbox', { name: 'Name, with its folder' })).toBeFocused();
  await window.keyboard.press('Escape');
  await expect(tree(window)).toBeFocused();
  await window.keyboard.press('Delete');
  await expect(window.getByRole('dialog', { name: 'Move “Ideas” to the bin?' })).toBeVisible();
  await window.keyboard.press('Escape');
  await expect(tree(window)).toBeFocused();
  expect(readFileSync(join(folder.path, 'Ideas.md'), 'utf8')).toContain('a boat');
});

test('in a narrow window the list and the panel lie over the note, and leave with Escape', async ({
  window,
  folder,
}) => {
  await chooseFolder(window, folder.path);
  await openNote(window, 'Power');
  await window.setViewportSize({ width: 900, height: 600 });
  await expect(tree(window)).toBeHidden();
  await expect(panel(window)).toBeHidden();
  const list = window.getByRole('button', { name: 'Show or hide the list of notes' });
  await list.click();
  await expect(search(window)).toBeFocused();
  await window.keyboard.press('Escape');
  await expect(tree(window)).toBeHidden();
  await expect(list).toBeFocused();
  await window.getByRole('button', { name: 'Show or hide what is around this note' }).click();
  await expect(panel(window).getByRole('tab', { name: 'Around' })).toBeFocused();
  await window.keyboard.press('Escape');
  await expect(panel(window)).toBeHidden();
  await list.click();
  await line(window, 'Ideas').click();
  await expect(window.getByRole('heading', { name: 'Ideas.md' })).toBeVisible();
  await expect(tree(window)).toBeHidden();
});
