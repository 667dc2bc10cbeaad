import { expectAccessible } from './accessible.ts';
import { expect, test } from './app.ts';
import {
  answers,
  ask,
  chatNamed,
  composer,
  ended,
  lastAnswer,
  lastText,
  palette,
  questions,
  scripted,
  shot,
} from './page.ts';

test.use({ ...scripted, contextOptions: { reducedMotion: 'reduce' } });

const markdown = '## Ink\n\nMade of **soot** and gum.\n\n- black\n- blue\n';
const md = `md ${Buffer.from(markdown).toString('base64')}`;

test('drafts are kept for each chat, over a reload and a restart', async ({ app, startApp, page }) => {
  await page.goto(app.address);
  await ask(page, 'say one');
  await composer(page).fill('half a question');
  await page.getByRole('button', { name: /^New chat/ }).click();
  await expect(composer(page)).toHaveValue('');
  await composer(page).fill('of a new chat');
  await chatNamed(page, 'say one').click();
  await expect(composer(page)).toHaveValue('half a question');
  // Right after the last key, before its pause is over.
  await composer(page).press('End');
  await composer(page).pressSequentially('!');
  await page.reload();
  await expect(composer(page)).toHaveValue('half a question!');

  await page.goto('about:blank');
  await app.stop();
  const again = await startApp({ dataDir: app.dataDir });
  await page.goto(again.address);
  await expect(composer(page)).toHaveValue('of a new chat');
  await chatNamed(page, 'say one').click();
  await expect(composer(page)).toHaveValue('half a question!');
  await composer(page).press('Enter');
  await ended(page);
  await page.reload();
  await expect(questions(page)).toHaveCount(2);
  await expect(composer(page)).toHaveValue('');
});

test('arrow up in the empty composer edits the last message', async ({ window }) => {
  await ask(window, 'say one');
  await ask(window, 'say two');
  await composer(window).press('ArrowUp');
  const field = window.getByRole('textbox', { name: 'Edit message' });
  await expect(field).toBeFocused();
  await expect(field).toHaveValue('say two');
  await field.fill('say three');
  await field.press('Enter');
  await ended(window);
  await expect(answers(window)).toContainText(['one', 'three']);
  await expect(composer(window)).toBeFocused();
  await composer(window).fill('text');
  await composer(window).press('ArrowUp');
  await expect(field).toHaveCount(0);
});

test('a slash offers commands, which are narrowed, run, and can be put away', async ({ window }) => {
  await ask(window, 'say one');
  await composer(window).pressSequentially('/');
  const list = window.getByRole('listbox', { name: 'Commands' });
  await expect(list.getByRole('option').first()).toHaveAttribute('aria-selected', 'true');
  await expectAccessible(window, 'composer', 'commands');
  await composer(window).pressSequentially('reg');
  await expect(list.getByRole('option')).toHaveCount(1);
  await composer(window).press('Enter');
  await ended(window);
  await expect(window.getByRole('img', { name: 'Version 2 of 2' })).toBeVisible();
  await expect(composer(window)).toHaveValue('');

  await composer(window).fill('/new');
  await composer(window).press('Escape');
  await expect(list).toHaveCount(0);
  await expect(composer(window)).toHaveValue('/new');
  await composer(window).fill('/etc/hosts is a file');
  await expect(list).toHaveCount(0);
  // A choice that is not there is no question for the model; Esc makes it one.
  await composer(window).fill('/model that flies');
  const models = window.getByRole('listbox', { name: 'Answer with another model' });
  await expect(models.getByRole('option')).toHaveText(
    /Nothing here is called “that flies”Esc leaves it as text/,
  );
  await shot(window, 'composer-nothing-called');
  await composer(window).press('Enter');
  await expect(composer(window)).toHaveValue('/model that flies');
  await composer(window).press('Escape');
  await composer(window).press('Enter');
  await expect(questions(window).last()).toContainText('/model that flies');
  await ended(window);
  await composer(window).fill('/ne');
  await list.getByRole('option', { name: '/new' }).click();
  await expect(questions(window)).toHaveCount(0);
});

test('/export opens the export of this chat, and /notes turns its notes on and off', async ({ window }) => {
  const option = (name: string) => window.getByRole('option', { name: new RegExp(`^/${name}`) });
  await composer(window).fill('/exp');
  await expect(option('export')).toHaveCount(0);
  await ask(window, 'say one');
  await composer(window).fill('/exp');
  await composer(window).press('Enter');
  const dialog = window.getByRole('dialog', { name: 'Export this chat' });
  await expect(dialog).toContainText('What is shown of “say one” now.');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await composer(window).fill('/notes');
  await composer(window).press('Enter');
  await expect(window.getByText('Choose a folder of notes first.')).toBeVisible();
});

test('selected words become a quotation in the composer, by button and by shortcut', async ({ window }) => {
  await ask(window, md);
  await composer(window).fill('Really?');
  const select = () =>
    lastText(window)
      .getByText('Made of')
      .evaluate((element) => document.getSelection()?.selectAllChildren(element));
  await select();
  const quote = window.getByRole('button', { name: 'Quote' });
  await expect(quote).toBeVisible();
  await shot(window, 'composer-quote');
  await expectAccessible(window, 'composer', 'quote', { asIs: true });
  await quote.click();
  await expect(composer(window)).toHaveValue('Really?\n\n> Made of soot and gum.\n\n');
  await expect(composer(window)).toBeFocused();
  await expect(quote).toHaveCount(0);
  await composer(window).fill('');
  await select();
  await window.keyboard.press('Control+Shift+Digit9');
  await expect(composer(window)).toHaveValue('> Made of soot and gum.\n\n');
});

test('an answer is copied as Markdown and as plain text', async ({ window, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await ask(window, md);
  const copied = () => window.evaluate(() => navigator.clipboard.readText());
  await lastAnswer(window).getByRole('button', { name: 'Copy answer as Markdown' }).click();
  await expect.poll(copied).toBe(markdown);
  await lastAnswer(window).getByRole('button', { name: 'More' }).click();
  await expectAccessible(window, 'composer', 'menu of an answer');
  await window.getByRole('menuitem', { name: 'Copy as plain text' }).click();
  await expect.poll(copied).toBe('Ink\n\nMade of soot and gum.\n\n- black\n- blue');
});

test('all shortcuts are listed by ? and Ctrl+/, and from the palette', async ({ window }) => {
  const dialog = window.getByRole('dialog', { name: 'Shortcuts' });
  await window.keyboard.press('Control+/');
  await expect(dialog).toContainText('Search everything, commands, switch model');
  await expect(dialog).toContainText('Ctrl+Shift+9');
  await shot(window, 'composer-shortcuts');
  await expectAccessible(window, 'composer', 'shortcuts');
  await window.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await composer(window).pressSequentially('why?');
  await expect(composer(window)).toHaveValue('why?');
  await window.getByRole('button', { name: /^New chat/ }).focus();
  await window.keyboard.press('?');
  await expect(dialog).toBeVisible();
  await window.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(window.getByRole('button', { name: /^New chat/ })).toBeFocused();
  await window.keyboard.press('Control+k');
  await expect(palette(window).getByRole('combobox')).toBeFocused();
  await window.keyboard.type('all shortcuts');
  await expect(palette(window).getByRole('option')).toHaveCount(1);
  await expect(window.getByRole('option', { name: 'Show all shortcuts' })).toBeVisible();
  await window.keyboard.press('Enter');
  await expect(dialog).toBeVisible();
});

test('answers are read aloud by voices of this computer, and only where there are any', async ({
  window,
}) => {
  await ask(window, md);
  const more = lastAnswer(window).getByRole('button', { name: 'More' });
  const entry = window.getByRole('menuitem', { name: 'Read aloud' });
  await more.click();
  await expect(window.getByRole('menuitem', { name: 'Copy as plain text' })).toBeVisible();
  const voices = await window.evaluate(
    () => speechSynthesis.getVoices().filter((voice) => voice.localService).length,
  );
  await expect(entry).toHaveCount(voices > 0 ? 1 : 0);
  await window.keyboard.press('Escape');

  // This browser may have no voice: one stands in, and takes down what it is to say.
  await window.evaluate(() => {
    const said: string[] = [];
    const voice = { name: 'Sam', lang: 'en-GB', localService: true, default: true };
    const cloud = { name: 'Cloud', lang: 'en-GB', localService: false, default: true };
    Object.assign(window, {
      said,
      SpeechSynthesisUtterance: class {
        text;
        constructor(text: string) {
          this.text = text;
        }
      },
    });
    Object.assign(speechSynthesis, {
      getVoices: () => [cloud, voice],
      speak: (words: { text: string; voice: { name: string } }) =>
        said.push(`${words.voice.name}: ${words.text}`),
      cancel: () => said.push('silence'),
    });
    speechSynthesis.dispatchEvent(new Event('voiceschanged'));
  });
  await more.click();
  await entry.click();
  const said = () => window.evaluate(() => (window as unknown as { said: string[] }).said);
  expect((await said()).join(' ')).toContain('Sam: Ink');
  expect((await said()).join(' ')).toContain('Made of soot and gum.');
  const stopReading = lastAnswer(window).getByRole('button', { name: 'Stop reading' });
  await expect(stopReading).toBeVisible();
  await shot(window, 'composer-reading');
  await stopReading.click();
  await expect(stopReading).toHaveCount(0);
  expect((await said()).at(-1)).toBe('silence');
});
