import type { Page } from '@playwright/test';
import { openClient } from '../client.ts';
import type { RunningHost } from '../hosts/browser/startHost.ts';
import { expectAccessible } from './accessible.ts';
import { expect, test } from './app.ts';
import { ask, composer, openOwnPanel, ownPanel, palette, place, scripted, shot, toasts } from './page.ts';

test.use(scripted);

const presetList = (page: Page) => page.getByRole('list', { name: 'Presets' });
const dialog = (page: Page, name: string | RegExp) => page.getByRole('dialog', { name });
const meter = (page: Page) => page.getByRole('button', { name: /tokens of the window used$/ });
/** The last message of the newest chat. */
async function newestAnswer(app: RunningHost) {
  const client = await openClient(app);
  const [chat] = (await client.conversations.list({})).conversations;
  const { messages } = await client.conversations.messages({ id: chat?.id ?? '' });
  client.close();
  return messages.at(-1);
}
/** What the model was given, as the scripted engine says it. */
const prompt = async (app: RunningHost): Promise<readonly { role: string; text: string }[]> =>
  JSON.parse((await newestAnswer(app))?.text ?? '');

test('a preset is picked by a slash, asks for its variable, and is what the model is told', async ({
  window,
  app,
}) => {
  await composer(window).fill('/preset tr');
  await expect(window.getByRole('option', { name: 'Translate' })).toBeVisible();
  await shot(window, 'presets-slash');
  await composer(window).press('Enter');
  const form = dialog(window, 'Translate');
  await expect(form.getByRole('textbox', { name: 'Language' })).toHaveValue('English');
  await form.getByRole('textbox', { name: 'Language' }).fill('Welsh');
  await expectAccessible(window, 'presets', 'form');
  await form.getByRole('button', { name: 'Use in this chat' }).click();
  await expect(toasts(window)).toContainText('This chat now uses “Translate”.');
  await ask(window, 'echo');
  expect((await prompt(app))[0]).toMatchObject({
    role: 'system',
    text: expect.stringContaining('into Welsh.'),
  });
  await window.reload();
  await expect(
    window.getByRole('button', { name: 'Settings of this chat, preset: Translate' }),
  ).toBeVisible();
  await ask(window, 'echo');
  expect((await prompt(app))[0]?.text).toContain('into Welsh.');
  await shot(window, 'presets-chat');
  await window.getByRole('button', { name: 'Do without the preset Translate' }).click();
  await ask(window, 'echo');
  expect((await prompt(app))[0]?.role).toBe('user');
});

test('the empty chat offers presets, which end with the chat', async ({ window, app }) => {
  await composer(window).fill('Good morning');
  await presetList(window).getByRole('button', { name: 'Rewrite' }).click();
  await dialog(window, 'Rewrite').getByRole('button', { name: 'Use in this chat' }).click();
  await ask(window, 'echo');
  expect((await prompt(app))[0]?.text).toContain('friendly tone');
  await window.getByRole('button', { name: /^New chat/ }).click();
  await expect(window.getByRole('button', { name: 'Settings of this chat', exact: true })).toBeVisible();
});

test('what a new chat’s preset takes of the window is counted before anything is sent', async ({
  window,
  app,
}) => {
  await ask(window, 'say one');
  await window.getByRole('button', { name: /^New chat/ }).click();
  await composer(window).fill('/preset trans');
  await composer(window).press('Enter');
  await dialog(window, 'Translate').getByRole('button', { name: 'Use in this chat' }).click();
  await composer(window).fill('echo');
  await meter(window).click();
  const seen = window.getByRole('list', { name: 'Seen' }).getByRole('listitem');
  await expect(seen.first()).toHaveText(/^Instructions\d+You translate texts into English\./);
  const told = await meter(window).textContent();
  await ask(window, 'echo');
  expect(told).toMatch(new RegExp(`^${(await newestAnswer(app))?.stats?.promptTokens} of `));
});

test('a preset is picked from the palette, and an undo takes it back', async ({ window }) => {
  await composer(window).fill('my words');
  await window.keyboard.press('Control+k');
  await palette(window).getByRole('combobox').fill('use preset: extract');
  await window.keyboard.press('Enter');
  await expect(
    window.getByRole('button', { name: 'Settings of this chat, preset: Extract to JSON' }),
  ).toBeVisible();
  await toasts(window).getByRole('button', { name: 'Undo' }).click();
  await expect(window.getByRole('button', { name: 'Settings of this chat', exact: true })).toBeVisible();
  await expect(composer(window)).toHaveValue('my words');
});

test('presets are made, edited, copied, deleted with undo, exported and imported', async ({
  window,
  app,
}) => {
  await place(window, 'Settings').click();
  await window.getByRole('button', { name: 'Presets', exact: true }).click();
  await window.getByRole('button', { name: 'New preset…' }).click();
  const editor = dialog(window, 'New preset');
  await editor.getByRole('textbox', { name: 'Name' }).fill('Haiku');
  await editor.getByRole('textbox', { name: 'Instructions' }).fill('Write a haiku about {{theme}}.');
  await editor.getByRole('textbox', { name: 'Theme, unless something else is said' }).fill('ink');
  await editor.getByText('How words are picked').click();
  await editor.getByRole('textbox', { name: 'Variety (temperature)' }).fill('9');
  await editor.getByRole('textbox', { name: 'Seed' }).click();
  await expect(editor.getByRole('alert')).toHaveText('Please write a number from 0 to 5.');
  await editor.getByRole('textbox', { name: 'Variety (temperature)' }).fill('1.2');
  await editor.getByRole('textbox', { name: 'Seed' }).click();
  await expectAccessible(window, 'presets', 'editor');
  await editor.getByRole('button', { name: 'Save' }).click();
  await expect(presetList(window)).toContainText('Haiku');
  await shot(window, 'presets-settings');

  const client = await openClient(app);
  const all = async () => {
    for await (const { presets } of client.presets.watch(null)) return presets;
    return [];
  };
  const before = await all();
  expect(before.at(-1)).toMatchObject({
    name: 'Haiku',
    variables: { theme: 'ink' },
    sampling: { temperature: 1.2 },
  });
  const options = (name: string) => window.getByRole('button', { name: `Options for ${name}`, exact: true });
  await options('Haiku').click();
  await window.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(presetList(window)).not.toContainText('Haiku');
  await toasts(window).getByRole('button', { name: 'Undo' }).click();
  await expect(presetList(window)).toContainText('Haiku');
  expect(await all()).toEqual(before);

  await options('Haiku').click();
  await window.getByRole('menuitem', { name: 'Duplicate' }).click();
  await dialog(window, /Haiku \(copy\)/)
    .getByRole('button', { name: 'Save' })
    .click();
  await expect(presetList(window)).toContainText('Haiku (copy)');

  await window.getByRole('button', { name: 'Import…' }).click();
  const importing = dialog(window, 'Import presets');
  await importing.getByRole('textbox', { name: 'JSON' }).fill('{"name":""}');
  await importing.getByRole('button', { name: 'Import' }).click();
  await expect(importing.getByRole('alert')).toContainText('Nothing was changed.');
  const file = JSON.stringify({ inkling: 'presets', version: 1, presets: [before.at(-1)] });
  await importing.getByLabel('File with presets').setInputFiles({
    name: 'presets.json',
    mimeType: 'application/json',
    buffer: Buffer.from(file),
  });
  await expect(importing.getByRole('textbox', { name: 'JSON' })).toHaveValue(file);
  await importing.getByRole('button', { name: 'Import' }).click();
  await expect(presetList(window)).toContainText('Haiku (2)');
  client.close();
});

test('a chat keeps its own settings, which the next chat does not have', async ({ window, app }) => {
  await openOwnPanel(window);
  await ownPanel(window).getByRole('textbox', { name: 'Instructions' }).fill('Only here, on {{date}}.');
  await ownPanel(window).getByText('How words are picked').click();
  await ownPanel(window).getByRole('textbox', { name: 'Variety (temperature)' }).fill('0.1');
  await ownPanel(window).getByRole('textbox', { name: 'Against repetition (repeat penalty)' }).click();
  await shot(window, 'own-panel');
  await ownPanel(window).getByRole('button', { name: 'Back to what is recommended' }).click();
  await expect(ownPanel(window).getByRole('textbox', { name: 'Variety (temperature)' })).toHaveValue('');
  await ownPanel(window).press('Escape');
  await expect(ownPanel(window)).toBeHidden();
  await ask(window, 'echo');
  expect((await prompt(app))[0]?.text).toMatch(/^Only here, on \w+, \d+ \w+ \d{4}\.$/);
  await window.reload();
  await openOwnPanel(window);
  await expect(ownPanel(window).getByRole('textbox', { name: 'Instructions' })).toHaveValue(
    'Only here, on {{date}}.',
  );
  const instructions = ownPanel(window).getByRole('textbox', { name: 'Instructions' });
  const reset = ownPanel(window).getByRole('button', { name: 'Follow Settings in everything' });
  await reset.click();
  await expect(instructions).toHaveValue('');
  await expect(reset).toBeDisabled();
  await toasts(window).getByRole('button', { name: 'Undo' }).click();
  await expect(instructions).toHaveValue('Only here, on {{date}}.');
  await window.getByRole('button', { name: /^New chat/ }).click();
  await expect(instructions).toHaveValue('');
  await ask(window, 'echo');
  expect((await prompt(app))[0]?.role).toBe('user');
});

test('what a chat does in its own way becomes a preset, which the chat then uses', async ({
  window,
  app,
}) => {
  await openOwnPanel(window);
  await ownPanel(window).getByRole('textbox', { name: 'Instructions' }).fill('Answer as {{constructor}}.');
  await ownPanel(window).getByRole('textbox', { name: 'Instructions' }).blur();
  await ownPanel(window).getByRole('textbox', { name: 'Constructor' }).fill('a sailor');
  await ownPanel(window).getByRole('textbox', { name: 'Constructor' }).blur();
  await ownPanel(window).getByRole('button', { name: 'Save as a preset…' }).click();
  const editor = dialog(window, 'New preset');
  const long = 'A name that goes on and on, longer than any header or list is wide enough to show';
  await editor.getByRole('textbox', { name: 'Name' }).fill(long);
  await editor.getByText('How words are picked').click();
  const temperature = editor.getByRole('textbox', { name: 'Variety (temperature)' });
  await temperature.fill('warm');
  await temperature.blur();
  await expect(editor.getByRole('alert')).toHaveText('Please write a number.');
  await expect(editor.getByRole('button', { name: 'Save' })).toBeDisabled();
  await temperature.fill('0.3');
  await temperature.blur();
  await editor.press('Escape');
  await expect(editor).toBeHidden();
  await toasts(window).getByRole('button', { name: 'Go on' }).click();
  await expect(editor.getByRole('textbox', { name: 'Instructions' })).toHaveValue(
    'Answer as {{constructor}}.',
  );
  await editor.getByRole('button', { name: 'Save' }).click();
  await expect(toasts(window)).toContainText('Saved. This chat now uses');
  await expect(ownPanel(window).getByRole('combobox', { name: 'Preset' })).toHaveValue(/./);
  await expectAccessible(window, 'presets', 'long name');
  await ask(window, 'echo');
  expect((await prompt(app))[0]?.text).toBe('Answer as a sailor.');
  await composer(window).fill('/preset a name');
  await composer(window).press('Enter');
  await expect(dialog(window, long.slice(0, 80)).getByRole('textbox', { name: 'Constructor' })).toHaveValue(
    'a sailor',
  );
});

test('a preset with notes has them while it is used, and no longer', async ({ window, app }) => {
  const client = await openClient(app);
  await client.presets.save({ name: 'Librarian', instructions: 'Look it up.', notes: true });
  client.close();
  const notes = window.getByRole('button', { name: 'Notes', exact: true });
  await notes.first().waitFor();
  await composer(window).fill('/preset lib');
  await composer(window).press('Enter');
  await expect(window.locator('.notes-toggle').getByRole('button', { pressed: true })).toBeVisible();
  await toasts(window).getByRole('button', { name: 'Undo' }).click();
  await expect(window.locator('.notes-toggle').getByRole('button', { pressed: false })).toBeVisible();
  await openOwnPanel(window);
  await expect(
    ownPanel(window).getByRole('button', { name: 'Follow Settings in everything' }),
  ).toBeDisabled();
});
