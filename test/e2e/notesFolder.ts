import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { test as base, expect } from './app.ts';
import { place } from './page.ts';

/** A folder of notes on the disk, made for one test. */
export interface NotesFolder {
  readonly path: string;
  write(path: string, text: string | Uint8Array): void;
}

/** A few notes that link to each other. */
export const cabin: Readonly<Record<string, string>> = {
  'Cabin/Power.md': [
    '# Power',
    '',
    'Loads and sums are in [[Loads]]. #cabin #winter',
    '',
    '## Decision',
    '',
    'We take the 100 Ah LiFePO4. It fits under the bench and',
    'needs no ventilation. Price at Nordvolt 389 €.',
    '',
    '## Later',
    '',
    '- heating pad, when we know the January lows',
    '- second panel on the south wall',
    '- ask Ines about the charge controller',
    '',
  ].join('\n'),
  'Cabin/Loads.md': '# Loads\n\n38 Ah a day in January, mostly the fridge. See [[Power]] and [[Plan]].\n',
  'Cabin/Plan.md': '# Plan\n\nFirst [[Power]], then the stove.\n\nThe battery: [[Power|what we take]].\n',
  'Shopping/Nordvolt.md':
    '# Nordvolt\n\nLiFePO4 100 Ah, with heating +60 €.\n\nBattery and charge controller.\n',
  'Diary/2026-02-11.md': '# 2026-02-11\n\nFroze again, -14 by the door. Power was fine. #diary\n',
  'Ideas.md': '# Ideas\n\n- a boat\n- a bench by the south wall\n',
};

/** Playwright's `test` with the app and a folder of notes in it. */
export const test = base.extend<{ readonly folder: NotesFolder }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern
  folder: async ({}, use) => {
    const path = mkdtempSync(join(tmpdir(), 'inkling-notes-'));
    const write = (name: string, text: string | Uint8Array) => {
      mkdirSync(dirname(join(path, name)), { recursive: true });
      writeFileSync(join(path, name), text);
    };
    for (const [name, text] of Object.entries(cabin)) write(name, text);
    await use({ path, write });
    rmSync(path, { recursive: true, force: true, maxRetries: 5 });
  },
});
export { expect };

export const tree = (page: Page): Locator => page.getByRole('tree', { name: 'Notes' });
/** A folder or note in the tree, by its whole name. */
export const line = (page: Page, name: string): Locator =>
  tree(page)
    .getByRole('treeitem')
    .filter({ has: page.getByText(name, { exact: true }) });
export const text = (page: Page): Locator => page.getByRole('textbox', { name: 'Text of the note' });
export const index = (page: Page): Locator => page.getByRole('region', { name: 'Index of the notes' });
export const panel = (page: Page): Locator => page.getByRole('complementary', { name: 'Around this note' });
export const saved = (page: Page): Locator => page.locator('.note-saving');
export const search = (page: Page): Locator => page.getByRole('textbox', { name: 'Search notes' });

/** Chooses a folder of notes by its path and waits until it is indexed. */
export async function chooseFolder(page: Page, path: string): Promise<void> {
  await place(page, 'Notes').click();
  await page.getByRole('button', { name: /^(Choose a folder…|Add a folder)$/ }).click();
  await page.getByRole('textbox', { name: 'Path of the folder' }).fill(path);
  await page.keyboard.press('Enter');
  await indexed(page);
}

/** Waits until the index is up to date. */
export const indexed = (page: Page): Promise<void> =>
  expect(index(page)).toContainText('Index up to date', { timeout: 60_000 });

/** Opens a note by its name, as a person in a hurry does. */
export async function openNote(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+o');
  await page.getByRole('dialog', { name: 'Open a note' }).getByRole('combobox').fill(name);
  await page.getByRole('dialog', { name: 'Open a note' }).getByRole('option').first().click();
  await expect(text(page)).toBeVisible();
}
