import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expectAccessible as isAccessible } from './accessible.ts';
import {
  cabin,
  chooseFolder,
  expect,
  index,
  line,
  openNote,
  panel,
  search,
  test,
  text,
  tree,
} from './notesFolder.ts';
import { place, scripted } from './page.ts';

test.use({ ...scripted, contextOptions: { reducedMotion: 'reduce' } });

/** Nothing that axe calls serious or critical, by day and by night. */
const expectAccessible = (page: Page, state: string): Promise<void> => isAccessible(page, 'notes', state);

test('notes are accessible from the first use to the first note', async ({ window, folder }) => {
  await place(window, 'Notes').click();
  await expect(window.getByRole('button', { name: 'Choose a folder…' })).toBeVisible();
  await expectAccessible(window, 'first use');
  await window.getByRole('button', { name: 'Choose a folder…' }).click();
  await window.getByRole('textbox', { name: 'Path of the folder' }).fill('/not/there');
  await window.keyboard.press('Enter');
  await expect(window.getByRole('dialog').getByRole('alert')).toBeVisible();
  await expectAccessible(window, 'choose folder');
  await window.keyboard.press('Escape');

  folder.write('binary.md', new Uint8Array([35, 32, 0, 1, 2, 0]));
  await chooseFolder(window, folder.path);
  await expect(line(window, 'Cabin')).toBeVisible();
  await expectAccessible(window, 'no note');
  await index(window).getByRole('button', { name: '1 skipped' }).click();
  await expect(window.getByRole('list', { name: 'Skipped notes' })).toContainText('binary.md');
  await expectAccessible(window, 'skipped');
  await window.keyboard.press('Escape');
  await index(window).getByRole('button', { name: 'by words' }).click();
  await expectAccessible(window, 'embedding');
  await window.keyboard.press('Escape');
  await window.getByRole('button', { name: 'New note' }).first().click();
  await expectAccessible(window, 'new note');
  await window.keyboard.press('Escape');
  await search(window).fill('bat');
  await expect(window.getByRole('region', { name: 'In the text' })).toBeVisible();
  await expectAccessible(window, 'search');
  await window.keyboard.press('Control+o');
  await expect(window.getByRole('dialog', { name: 'Open a note' }).getByRole('option').first()).toBeVisible();
  await expectAccessible(window, 'quick open');
});

test('an open note is accessible in all its states', async ({ window, folder }) => {
  folder.write(
    'Read.md',
    `---\ntags: [cabin]\n---\n${cabin['Cabin/Power.md']}\n| a | b |\n| - | - |\n| 1 | 2 |\n\n> quote\n`,
  );
  await chooseFolder(window, folder.path);
  await openNote(window, 'Power');
  await expect(
    panel(window)
      .getByRole('button', { name: /Cabin\/Plan.md/ })
      .first(),
  ).toBeVisible();
  await expectAccessible(window, 'note');
  await search(window).fill('ventil');
  await window.getByRole('region', { name: 'In the text' }).getByRole('button').first().click();
  await expect(window.locator('.cm-passage').first()).toBeVisible();
  await search(window).press('Escape');
  await expectAccessible(window, 'passage');
  await line(window, 'Power').click({ button: 'right' });
  await expect(window.getByRole('menu')).toBeVisible();
  await expectAccessible(window, 'menu');
  await window.keyboard.press('Escape');

  await text(window).press('Control+f');
  await expect(window.locator('.cm-search')).toBeVisible();
  await window.keyboard.type('the');
  await expectAccessible(window, 'find');
  await window.keyboard.press('Escape');
  await window.getByText('[[Loads]]').click();
  await expect(window.getByRole('button', { name: 'Open Loads' })).toBeVisible();
  await expectAccessible(window, 'link');
  await text(window).press('Control+End');
  await window.keyboard.type('[[n');
  await expect(window.getByRole('option').first()).toBeVisible();
  await expectAccessible(window, 'completion');
  await window.keyboard.press('Escape');

  await panel(window).getByRole('tab', { name: 'Outline' }).click();
  await expectAccessible(window, 'outline');
  await panel(window).getByRole('tab', { name: 'History' }).click();
  await panel(window).getByRole('list', { name: 'Earlier versions' }).getByRole('button').first().click();
  await expect(window.getByRole('textbox', { name: 'Differences' })).toBeVisible();
  await expectAccessible(window, 'earlier');
  await window.keyboard.press('Escape');

  await line(window, 'Power').click();
  await window.keyboard.press('F2');
  await expectAccessible(window, 'rename');
  await window.getByRole('textbox', { name: 'Name, with its folder' }).fill('Cabin/Energy');
  await window.keyboard.press('Enter');
  await expect(window.getByRole('dialog').getByRole('checkbox').first()).toBeVisible();
  await expectAccessible(window, 'rename review');
  await window.keyboard.press('Escape');
  await expect(window.getByRole('dialog')).toHaveCount(0);
  await tree(window).focus();
  await window.keyboard.press('Delete');
  await expect(window.getByRole('dialog', { name: 'Move “Power” to the bin?' })).toBeVisible();
  await expectAccessible(window, 'delete');
  await window.keyboard.press('Escape');

  await openNote(window, 'Read');
  await window.getByRole('button', { name: 'Read', exact: true }).click();
  await expect(window.getByRole('document', { name: 'Text of the note' })).toBeVisible();
  await expectAccessible(window, 'reading');
  await window.getByRole('button', { name: 'Edit', exact: true }).click();

  await openNote(window, 'Ideas');
  await text(window).press('Control+Home');
  await window.keyboard.press('End');
  await window.keyboard.type(' mine');
  writeFileSync(join(folder.path, 'Ideas.md'), '# Ideas theirs\n\n- a boat\n- a bench by the south wall\n');
  await expect(window.getByRole('textbox', { name: 'Your version' })).toBeVisible();
  await expectAccessible(window, 'conflict');
  await window.getByRole('button', { name: 'Edit by hand' }).click();
  await expectAccessible(window, 'conflict by hand');

  await window.setViewportSize({ width: 900, height: 600 });
  await window.getByRole('button', { name: 'Show or hide the list of notes' }).click();
  await expect(line(window, 'Cabin')).toBeVisible();
  await expectAccessible(window, 'over');
});
