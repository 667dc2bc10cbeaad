import { chooseFolder, expect, indexed, test, text } from './notesFolder.ts';
import { ask, composer, lastAnswer, lastText, place, say, scripted, send } from './page.ts';

test.use(scripted);

const notes = (page: import('@playwright/test').Page) =>
  page.getByRole('button', { name: 'Notes', exact: true, pressed: false });
const notesOn = (page: import('@playwright/test').Page) =>
  page.getByRole('button', { name: 'Notes', exact: true, pressed: true });
const sources = (page: import('@playwright/test').Page) =>
  lastAnswer(page).getByRole('region', { name: 'Sources' });

test.beforeEach(async ({ window, folder }) => {
  await chooseFolder(window, folder.path);
  await window.keyboard.press('Control+Shift+O');
  await notes(window).click();
  await expect(notesOn(window)).toBeVisible();
});

test('an answer cites its sources, and a click opens the note at the passage', async ({ window }) => {
  await ask(window, 'say We take the 100 Ah LiFePO4. [1] It costs 389. [9]');
  await expect(lastText(window)).toContainText('We take the 100 Ah LiFePO4.');
  // Only numbers that were given are citations; the other is gone.
  await expect(lastText(window)).not.toContainText('9]');
  await expect(lastText(window).locator('.citation')).toHaveCount(1);
  await expect(sources(window)).toContainText('Cabin/Power › Decision');
  await lastText(window)
    .getByRole('button', { name: /^Source 1: Cabin\/Power/ })
    .click();
  await expect(window.getByRole('heading', { name: 'Cabin / Power.md' })).toBeVisible();
  await expect(window.locator('.cm-passage').filter({ hasText: 'LiFePO4' })).toBeVisible();
});

test('/notes turns answers from notes off for this chat, and on again', async ({ window }) => {
  for (const state of [notes, notesOn]) {
    await composer(window).fill('/notes');
    await composer(window).press('Enter');
    await expect(state(window)).toBeVisible();
  }
  await expect(composer(window)).toHaveValue('');
});

test('what a source does not bear out is marked, and why a passage was chosen can be read', async ({
  window,
}) => {
  await ask(window, 'say The battery LiFePO4 costs 999 euros. [1]');
  await expect(sources(window).getByRole('note')).toContainText('costs 999 euros');
  await sources(window).getByRole('button', { name: 'Why this passage' }).first().click();
  await expect(sources(window)).toContainText(/Place 1 by words .*“lifepo4”/i);
});

test('that the notes do not say it is an answer, without a model', async ({ window }) => {
  await ask(window, 'Zebra xylophone?');
  await expect(lastText(window)).toHaveText('That is not in your notes.');
  await expect(sources(window)).toContainText('No passage of your notes shares a word');
});

test('a note named with @ in the composer is the only one that counts, also after a reload', async ({
  window,
}) => {
  await composer(window).pressSequentially('say the fridge is LiFePO4 @loa');
  await expect(window.getByRole('option', { name: 'Cabin/Loads' })).toHaveAttribute('aria-selected', 'true');
  await window.keyboard.press('Enter');
  await expect(composer(window)).toHaveValue('say the fridge is LiFePO4 ');
  await expect(window.getByRole('button', { name: 'Which notes: Loads' })).toBeVisible();
  await window.keyboard.press('Enter');
  await expect(sources(window)).toContainText('Cabin/Loads');
  await expect(sources(window)).not.toContainText('Cabin/Power');
  await expect(send(window)).toBeVisible();
  await window.reload();
  await expect(window.getByRole('button', { name: 'Which notes: Loads' })).toBeVisible();
  await expect(sources(window)).toContainText('Cabin/Loads');
});

test('the notes that count are narrowed by folder and tag, and turned off again', async ({ window }) => {
  await window.getByRole('button', { name: 'Which notes: all notes' }).click();
  await window.getByRole('searchbox', { name: 'Find a note, a folder or a #tag' }).fill('#dia');
  await window.getByRole('button', { name: '#diary' }).click();
  await window.keyboard.press('Escape');
  await expect(window.getByRole('button', { name: 'Which notes: #diary' })).toBeVisible();
  await ask(window, 'say Power was fine. [1]');
  await expect(sources(window)).toContainText('Diary/2026-02-11');
  await notesOn(window).click();
  await ask(window, 'say just talk');
  await expect(sources(window)).toHaveCount(0);
});

test('the answer changes with the note', async ({ window, folder }) => {
  await say(window, 'say Price 389. [1] Nordvolt');
  await expect(sources(window)).toContainText('389');
  folder.write('Cabin/Power.md', '# Power\n\nPrice at Nordvolt 412 euros.\n');
  await place(window, 'Notes').click();
  await indexed(window);
  await window.goBack();
  await expect
    .poll(
      async () => {
        await ask(window, 'say Price at Nordvolt [1]');
        return sources(window).textContent();
      },
      { timeout: 30_000 },
    )
    .toContain('412');
});

test('a question about one note is asked from that note', async ({ window }) => {
  await place(window, 'Notes').click();
  await window.keyboard.press('Control+o');
  await window.getByRole('dialog', { name: 'Open a note' }).getByRole('combobox').fill('plan');
  await window.getByRole('dialog', { name: 'Open a note' }).getByRole('option').first().click();
  await expect(text(window)).toBeVisible();
  await window.getByRole('button', { name: 'Ask about this' }).click();
  await expect(window.getByRole('button', { name: 'Which notes: Plan' })).toBeVisible();
  await ask(window, 'say First Power, then the stove. [1]');
  await expect(sources(window)).toContainText('Cabin/Plan');
});
