import type { Locator, Page } from '@playwright/test';
import { starterModels } from '../hosts/browser/startHost.ts';
import { item, makeDocx, paragraph } from '../reader/makeDocx.ts';
import { makePdf } from '../reader/makePdf.ts';
import { expectAccessible } from './accessible.ts';
import { expect, test } from './app.ts';
import {
  answers,
  ask,
  composer,
  ended,
  lastAnswer,
  lastText,
  questions,
  scripted,
  send,
  shot,
  toasts,
} from './page.ts';

test.use(scripted);

const chips = (page: Page): Locator =>
  page.locator('.composer').getByRole('list', { name: 'Attached files' }).getByRole('listitem');
const panel = (page: Page): Locator => page.getByRole('complementary', { name: /^Attached file/ });
const sources = (page: Page): Locator => lastAnswer(page).getByRole('region', { name: 'Sources' });

interface GivenFile {
  readonly name: string;
  readonly buffer: Buffer;
}
const file = (name: string, content: Buffer | string): GivenFile => ({
  name,
  buffer: Buffer.from(content as string),
});
const attach = (page: Page, ...files: readonly GivenFile[]) =>
  page
    .getByLabel('Files to attach')
    .setInputFiles(files.map((each) => ({ ...each, mimeType: 'application/octet-stream' })));

/** Pastes as the system would: the browser's own clipboard is not for scripts. */
const paste = (page: Page, text: string) =>
  composer(page).evaluate((field, words) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', words);
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, text);

/** Drops files onto the middle of the window. */
const drop = (page: Page, files: readonly { readonly name: string; readonly text: string }[]) =>
  page.evaluate((given) => {
    const dataTransfer = new DataTransfer();
    for (const { name, text } of given) dataTransfer.items.add(new File([text], name));
    const target = document.querySelector('.composer') ?? document.body;
    for (const type of ['dragenter', 'dragover', 'drop'])
      target.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
  }, files);

const longPdf = (pages: number) =>
  makePdf(
    Array.from({ length: pages }, (_, page) => [
      ...Array.from(
        { length: 8 },
        (_, line) => `On day ${page * 8 + line} the crew scrubbed deck ${line} again.`,
      ),
      '',
      page === 23 ? 'The anchor of the Marigold weighs 12 kg.' : 'The sea was calm.',
    ]),
  );

test('files of every kind are attached, asked about, and still there after a reload', async ({ window }) => {
  await attach(
    window,
    file('boats.md', '# Boats\n\nAn anchor is heavy.'),
    file('plan.pdf', makePdf([['The plan is to sail.'], ['On Monday.']])),
    file('letter.docx', makeDocx(paragraph('Dear crew', 'Heading1') + item('bring rope'))),
    file('prices.csv', 'name;price\nrope;3\n'),
  );
  await expect(chips(window)).toHaveCount(4);
  await expect(chips(window).nth(1)).toContainText('plan.pdf');
  await expect(chips(window).nth(1)).toContainText('PDF · 2 pages');
  await expect(chips(window).nth(3)).toContainText('Table · 18 bytes');
  await expect(composer(window)).toHaveAttribute('placeholder', 'Ask about the files');
  await window.reload();
  await expect(chips(window)).toHaveCount(4);

  await ask(window, 'x\necho');
  await expect(chips(window)).toHaveCount(0);
  for (const words of ['An anchor is heavy.', 'The plan is to sail.', '- bring rope', 'rope;3'])
    await expect(lastText(window)).toContainText(words.replace('- ', ''));
  await shot(window, 'attachments-sent');
  await window.reload();
  await expect(questions(window).getByRole('listitem')).toHaveCount(4);
  await questions(window)
    .first()
    .getByRole('button', { name: /letter\.docx/ })
    .click();
  await expect(panel(window)).toContainText('# Dear crew');
  await expect(panel(window)).toBeFocused();
  await shot(window, 'attachments-panel');
  await window.keyboard.press('Escape');
  await expect(panel(window)).toHaveCount(0);
  await expect(
    questions(window)
      .first()
      .getByRole('button', { name: /letter\.docx/ }),
  ).toBeFocused();

  await ask(window, 'echo');
  await expect(lastText(window)).toContainText('The plan is to sail.');
});

test('the size of a file is told in tokens once a model is loaded, and the meter counts it', async ({
  window,
}) => {
  await ask(window, 'say hello');
  await attach(window, file('boats.md', 'word '.repeat(500)));
  await expect(chips(window)).toContainText(/Markdown · 2\.5 KB · 5\d\d tokens/);
  await expect(window.getByRole('button', { name: /5\d\d of 4,096 tokens/ })).toBeVisible();
});

test('a long file is answered from by passages; a citation opens the file at its page', async ({
  window,
}) => {
  await ask(window, 'say hello');
  await attach(window, file('log.pdf', longPdf(40)));
  await expect(chips(window)).toContainText('PDF · 40 pages · long: read by passages');
  await shot(window, 'attachments-long');
  await ask(window, 'say The anchor of the Marigold weighs 12 kg. [1]');
  await expect(sources(window)).toContainText('log.pdf › page 24');
  await shot(window, 'attachments-sources');
  await lastText(window).getByRole('button', { name: 'Source 1: log.pdf › page 24' }).click();
  await expect(panel(window).locator('mark')).toContainText('The anchor of the Marigold weighs 12 kg.');
  await expect(panel(window).locator('mark')).toBeInViewport();
  await expect(panel(window).getByRole('heading', { name: 'Page 24' })).toBeVisible();
  await shot(window, 'attachments-passage');
  // It stays available in the next turn.
  await ask(window, 'say How heavy is the anchor of the Marigold');
  await expect(sources(window)).toContainText('log.pdf › page 24');
});

test('a long paste becomes a file, and a text again if that is wanted', async ({ window }) => {
  const words = `${'A line of the story.\n'.repeat(45)}The end.`;
  await composer(window).fill('Before. ');
  await composer(window).press('End');
  await paste(window, words);
  await expect(chips(window)).toContainText('Pasted text.txt');
  await expect(composer(window)).toHaveValue('Before. ');
  await toasts(window).getByRole('button', { name: 'Paste as text instead' }).click();
  await expect(composer(window)).toHaveValue(`Before. ${words}`);
  await expect(chips(window)).toHaveCount(0);
});

test('files that are dropped on a chat are attached, one can be taken away and brought back', async ({
  window,
}) => {
  await drop(window, [
    { name: 'one.txt', text: 'The first.' },
    { name: 'two.txt', text: 'The second.' },
  ]);
  await expect(chips(window)).toHaveCount(2);
  await window.getByRole('button', { name: 'Remove one.txt' }).click();
  await expect(chips(window)).toHaveCount(1);
  await toasts(window).getByRole('button', { name: 'Undo' }).click();
  await expect(chips(window)).toHaveCount(2);
  await ask(window, 'x\necho');
  await expect(lastText(window)).toContainText('The first.');
});

test('what cannot be read is refused in words at its chip, and harms nothing', async ({ window }) => {
  const bomb = makeDocx(paragraph('a'.repeat(140_000_000)));
  await attach(
    window,
    file('bomb.docx', bomb),
    file('scan.pdf', makePdf(['picture'])),
    file('tune.mp3', Buffer.from('ID3\x04\0\0\0', 'latin1')),
    file('good.txt', 'All is well.'),
  );
  await expect(chips(window).nth(0)).toContainText('unpack to far more than a document holds');
  await expect(chips(window).nth(1)).toContainText('pictures of text only');
  await expect(chips(window).nth(2)).toContainText('It looks like a sound');
  await expect(chips(window).nth(3)).toContainText('Text · 12 bytes');
  await shot(window, 'attachments-refused');
  await window.getByRole('button', { name: 'Remove bomb.docx' }).click();
  await expect(chips(window)).toHaveCount(3);
  await ask(window, 'x\necho');
  await expect(lastText(window)).toContainText('All is well.');
});

test('words that are sent while a file is still being read go with it as soon as it is read', async ({
  window,
}) => {
  await composer(window).fill('x\necho');
  // In one go, so that nothing is read in between.
  await window.evaluate(() => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['An anchor is heavy.'], 'boats.txt'));
    const field = document.querySelector('#composer');
    for (const type of ['dragenter', 'dragover', 'drop'])
      field?.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
    field?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
  });
  await ended(window);
  await expect(questions(window).getByRole('listitem')).toContainText('boats.txt');
  await expect(lastText(window)).toContainText('An anchor is heavy.');
});

test('words that were sent while a file was being read stay where they are when it cannot be read', async ({
  window,
}) => {
  await composer(window).fill('say hello');
  await window.evaluate(() => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['ID3\0\0'], 'tune.mp3'));
    const field = document.querySelector('#composer');
    for (const type of ['dragenter', 'dragover', 'drop'])
      field?.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
    field?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
  });
  await expect(chips(window)).toContainText('It looks like a sound');
  await expect(composer(window)).toHaveValue('say hello');
  await expect(send(window)).toBeEnabled();
  await ask(window, 'say hello');
  await expect(lastText(window)).toContainText('hello');
});

test('files are attached and opened by keyboard alone', async ({ window }) => {
  await attach(window, file('keys.txt', 'By keyboard.'));
  await expect(chips(window)).toHaveCount(1);
  await composer(window).focus();
  await window.keyboard.press('Shift+Tab');
  await expect(window.getByRole('button', { name: 'Remove keys.txt' })).toBeFocused();
  await window.keyboard.press('Shift+Tab');
  await window.keyboard.press('Enter');
  await expect(panel(window)).toContainText('By keyboard.');
  await window.keyboard.press('Escape');
  await window.keyboard.press('Tab');
  await window.keyboard.press('Enter');
  await expect(chips(window)).toHaveCount(0);
  await expect(composer(window)).toBeFocused();
});

test('files in the composer, in a message and beside the chat are accessible', async ({ window }) => {
  await window.emulateMedia({ reducedMotion: 'reduce' });
  const name = `${'A file with a very long name '.repeat(6)}.md`;
  await attach(window, file(name, '# Boats\n\nThe anchor weighs 12 kg.'), file('tune.mp3', 'ID3\0\0'));
  await expect(chips(window).nth(1)).toContainText('It looks like a sound');
  await expectAccessible(window, 'files', 'composer');
  await ask(window, 'say Done.');
  await questions(window)
    .getByRole('button', { name: /A file with/ })
    .click();
  await expect(panel(window)).toContainText('The anchor weighs 12 kg.');
  await expectAccessible(window, 'files', 'panel');
  await window.setViewportSize({ width: 900, height: 600 });
  await expectAccessible(window, 'files', 'panel small', { asIs: true });
  await window.keyboard.press('Escape');
  await attach(window, file('two.csv', 'a,b\n1,2'), file('three.py', 'print(1)'));
  await expect(chips(window).nth(1)).toContainText('Code');
  await expectAccessible(window, 'files', 'several');
});

test.describe('with the starter', () => {
  test.use({ appArgs: [] });

  test('a question is answered from an attached file, with its place', async ({ startApp, page }) => {
    // The real engine, on whatever the machine has left.
    test.slow();
    const app = await startApp({ env: { INKLING_BUILTIN_MODELS: starterModels } });
    await page.goto(app.address);
    await attach(
      page,
      file(
        'Home.docx',
        makeDocx(
          paragraph('Shed', 'Heading1') +
            paragraph('The code of the shed is K7-449.') +
            paragraph('The password of the router is blue-otter-17.'),
        ),
      ),
    );
    await expect(chips(page)).toContainText('Home.docx');
    await ask(page, 'What is the code of the shed?', 60_000);
    await expect(lastText(page)).toContainText('K7-449');
    await expect(sources(page)).toContainText('Home.docx');
    await expect(answers(page)).toHaveCount(1);
    await shot(page, 'attachments-starter');
  });
});
