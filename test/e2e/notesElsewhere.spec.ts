import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { cabin, chooseFolder, expect, openNote, saved, test, text } from './notesFolder.ts';
import { place, scripted, toasts } from './page.ts';

test.use(scripted);

const powerOf = (folder: { path: string }) => join(folder.path, 'Cabin/Power.md');
const read = (folder: { path: string }) => readFileSync(powerOf(folder), 'utf8');

async function openPower(page: Page, folder: { path: string }) {
  await chooseFolder(page, folder.path);
  await openNote(page, 'Power');
  await expect(text(page)).toContainText('# Power');
}

test('a change made elsewhere comes into an open note, and the cursor stays', async ({ window, folder }) => {
  await openPower(window, folder);
  await window.getByText('- second panel').click();
  await window.keyboard.press('End');
  writeFileSync(powerOf(folder), `one line more\n${cabin['Cabin/Power.md']}`);
  await expect(text(window)).toContainText('one line more');
  await window.keyboard.type('!');
  await expect.poll(() => read(folder)).toContain('south wall!\n');
  expect(read(folder)).toMatch(/^one line more\n# Power/);
});

test('changes here and elsewhere in other places are both kept, with a word about it', async ({
  window,
  folder,
}) => {
  await openPower(window, folder);
  await text(window).press('Control+End');
  await window.keyboard.type('mine');
  writeFileSync(powerOf(folder), read(folder).replace('# Power', '# Power and light'));
  await expect(toasts(window)).toContainText('Both changes are in it now.');
  await expect(text(window)).toContainText('# Power and light');
  expect(read(folder)).toMatch(/^# Power and light[\s\S]*mine$/);
  await toasts(window).getByRole('button', { name: 'Undo theirs' }).click();
  await expect.poll(() => read(folder)).toMatch(/^# Power\n[\s\S]*mine$/);
});

test.describe('changes here and elsewhere in the same place', () => {
  async function conflict(page: Page, folder: { path: string }) {
    await openPower(page, folder);
    await text(page).press('Control+Home');
    await page.keyboard.press('End');
    await page.keyboard.type(' mine');
    writeFileSync(powerOf(folder), read(folder).replace('# Power', '# Power theirs'));
    await expect(page.getByRole('alert')).toContainText('changed here and elsewhere, in the same place');
    await expect(page.getByRole('textbox', { name: 'Your version' })).toContainText('# Power mine');
    await expect(page.getByRole('textbox', { name: 'The version on the disk' })).toContainText(
      '# Power theirs',
    );
    expect(read(folder)).toMatch(/^# Power theirs\n/);
  }

  test('are both shown, and mine is kept where that is chosen', async ({ window, folder }) => {
    await conflict(window, folder);
    await window.getByRole('button', { name: 'Keep mine' }).click();
    await expect(saved(window)).toHaveText('saved');
    expect(read(folder)).toMatch(/^# Power mine\n/);
  });

  test('are both shown, and theirs is taken where that is chosen', async ({ window, folder }) => {
    await conflict(window, folder);
    await window.getByRole('button', { name: 'Take theirs' }).click();
    await expect(text(window)).toContainText('# Power theirs');
    await expect(saved(window)).toHaveText('saved');
    expect(read(folder)).toMatch(/^# Power theirs\n/);
  });

  test('can be put together by hand', async ({ window, folder }) => {
    await conflict(window, folder);
    await window.getByRole('button', { name: 'Edit by hand' }).click();
    await window.getByRole('textbox', { name: 'Your version' }).press('Control+Home');
    await window.keyboard.press('End');
    await window.keyboard.type(' and theirs');
    await window.getByRole('button', { name: 'Save the left side' }).click();
    await expect(text(window)).toContainText('# Power mine and theirs');
    await expect.poll(() => read(folder)).toMatch(/^# Power mine and theirs\n/);
  });

  test('are still both there when the page was opened anew', async ({ window, folder }) => {
    await conflict(window, folder);
    window.on('dialog', (dialog) => void dialog.accept());
    await window.reload();
    await expect(window.getByRole('textbox', { name: 'Your version' })).toContainText('# Power mine');
    expect(read(folder)).toMatch(/^# Power theirs\n/);
  });
});

test('a note that was deleted elsewhere stays until a person has chosen', async ({ window, folder }) => {
  await openPower(window, folder);
  rmSync(powerOf(folder));
  await expect(window.getByRole('alert')).toContainText('no longer on the disk');
  await expect(text(window)).toContainText('# Power');
  await window.getByRole('button', { name: 'Write it again' }).click();
  await expect(saved(window)).toHaveText('saved');
  expect(read(folder)).toBe(cabin['Cabin/Power.md']);
});

for (const leave of ['reload', 'close', 'another screen'] as const) {
  test(`what was typed last is saved though the note is left at once: ${leave}`, async ({
    window,
    folder,
  }) => {
    await openPower(window, folder);
    await text(window).press('Control+End');
    await window.keyboard.type('the last words');
    if (leave === 'reload') await window.reload();
    else if (leave === 'close') await window.close({ runBeforeUnload: true });
    else await place(window, 'Models').click();
    await expect.poll(() => read(folder)).toContain('the last words');
  });
}

test('line ends and everything else that nobody touched stay as they were', async ({ window, folder }) => {
  const before = '\ufeff---\r\ntitle: x\r\n---\r\n\r\none\r\ntwo\nthree   \r\n\r\n\r\nend without a break';
  folder.write('Ends.md', before);
  await chooseFolder(window, folder.path);
  await openNote(window, 'Ends');
  await window.getByText('two', { exact: true }).click();
  await window.keyboard.press('End');
  await window.keyboard.type('!');
  const file = join(folder.path, 'Ends.md');
  await expect.poll(() => readFileSync(file, 'utf8')).toBe(before.replace('two', 'two!'));
});
