import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { hostile } from './hostile.ts';
import { chooseFolder, expect, line, openNote, panel, search, test, text, tree } from './notesFolder.ts';
import { scripted } from './page.ts';

test.use(scripted);

/** A server that every hostile note points to: whoever connects was let out. */
let trap: Server;
let caught = 0;
test.beforeAll(async () => {
  trap = createServer((_, response) => response.end());
  trap.on('connection', () => caught++);
  await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve));
});
test.afterAll(() => void trap.close());

const reader = (page: Page) => page.getByRole('document', { name: 'Text of the note' });

/** What a note must never bring into the page, and what ran. */
async function expectOnlyText(page: Page, name: string, outside: readonly string[]): Promise<void> {
  const { found, ran } = await page.evaluate(() => {
    // The editor puts images without a source around characters that it names.
    const forbidden =
      'img:not(.cm-widgetBuffer),iframe,object,embed,script,style,link,form,base,video,audio,math,a,[src],[href],[onerror],[onload]';
    const shown = document.querySelectorAll('.note-reader, .notes-panel, .notes-pane, .cm-content, .header');
    return {
      found: [...shown].flatMap((each) =>
        [...each.querySelectorAll(forbidden)].map(({ tagName }) => tagName),
      ),
      ran: Object.keys(globalThis).filter((key) => key.startsWith('pwned')),
    };
  });
  expect({ name, found, ran, outside, caught }).toEqual({ name, found: [], ran: [], outside: [], caught: 0 });
}

test('no hostile note loads anything, runs, or hides: edited and read', async ({ window, app, folder }) => {
  test.setTimeout(300_000);
  const outside: string[] = [];
  window.on('request', (request) => {
    if (!request.url().startsWith(`${app.url}/`)) outside.push(request.url());
  });
  window.on('dialog', (dialog) => void dialog.dismiss());
  const texts = hostile(`http://127.0.0.1:${(trap.address() as AddressInfo).port}`);
  // A note that holds zero bytes is not text, and is never opened.
  texts.forEach(({ name, text: words }, index) => {
    folder.write(`Hostile/${index} ${name}.md`, `words before [[Ideas]]\n\n${words.replaceAll('\0', '')}\n`);
  });
  await chooseFolder(window, folder.path);
  for (const [index, { name, seen }] of texts.entries()) {
    await test.step(name, async () => {
      await openNote(window, `${index} ${name}`);
      await expect(text(window)).toContainText('words before');
      await expectOnlyText(window, `${name}, edited`, outside);
      await window.getByRole('button', { name: 'Read', exact: true }).click();
      await expect(reader(window)).toContainText(seen);
      await expectOnlyText(window, `${name}, read`, outside);
      await window.getByRole('button', { name: 'Edit', exact: true }).click();
    });
  }
});

test('names, headings and passages of notes are shown as text', async ({ window, folder, app }) => {
  const outside: string[] = [];
  window.on('request', (request) => {
    if (!request.url().startsWith(`${app.url}/`)) outside.push(request.url());
  });
  const evil = '<img src=x onerror=pwned1=1>';
  folder.write(`${evil}.md`, `# ${evil} heading\n\nzebra ${evil} and [[${evil}]] #tag\n`);
  folder.write('rtl \u202egnp.md', '# \u202egnp\n\nzebra\n');
  folder.write('Other.md', `zebra [[${evil}]] zebra\n`);
  await chooseFolder(window, folder.path);
  await expect(line(window, evil)).toBeVisible();
  await search(window).fill('zebra');
  await expect(window.getByRole('region', { name: 'In the text' }).getByRole('button')).toHaveCount(3);
  await expectOnlyText(window, 'search', outside);
  await search(window).press('Escape');
  await line(window, evil).click();
  await expect(panel(window).getByRole('region', { name: 'Linked from' })).toContainText('Other.md');
  await expectOnlyText(window, 'panel', outside);
  await panel(window).getByRole('tab', { name: 'Outline' }).click();
  await expect(panel(window).getByRole('button', { name: `${evil} heading` })).toBeVisible();
  await expectOnlyText(window, 'outline', outside);
  await expect(tree(window)).toBeVisible();
});

test('links of a note lead to notes at once, and out of the app only past the dialog', async ({
  window,
  folder,
}) => {
  folder.write(
    'Links.md',
    'A [[Ideas]], a [page](https://example.org/x), a [note](Cabin/Plan.md), `[[code]]`.\n',
  );
  await chooseFolder(window, folder.path);
  await openNote(window, 'Links');
  await window.getByRole('button', { name: 'Read', exact: true }).click();
  await expect(reader(window).getByRole('link')).toHaveText(['Ideas', 'page', 'note']);
  await reader(window).getByRole('link', { name: 'page' }).click();
  await expect(window.getByRole('dialog', { name: 'Open this link?' })).toContainText(
    'https://example.org/x',
  );
  await window.keyboard.press('Escape');
  await reader(window).getByRole('link', { name: 'note' }).click();
  await expect(window.getByRole('heading', { name: 'Cabin / Plan.md' })).toBeVisible();
  await reader(window).getByRole('link', { name: 'Power' }).first().click();
  await expect(window.getByRole('heading', { name: 'Cabin / Power.md' })).toBeVisible();
});
