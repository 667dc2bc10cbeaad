import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { makeDir, removeDir } from '../hosts/browser/startHost.ts';
import { chatGpt, jan, lmStudio, openWebUi } from '../services/archive/foreignExports.ts';
import { expect, test } from './app.ts';
import { seedChat } from './dataFolder.ts';
import { hostile } from './hostile.ts';
import {
  answers,
  ask,
  chatList,
  chatNamed,
  lastAnswer,
  lastText,
  place,
  questions,
  scripted,
  shot,
  toasts,
} from './page.ts';

test.use(scripted);
const folder = makeDir();
test.afterAll(() => removeDir(folder));

const exportDialog = (page: Page) => page.getByRole('dialog', { name: /^Export/ });

/** Exports the shown chat by its menu. */
async function exportShown(page: Page, format: string, path: string): Promise<void> {
  await page.getByRole('button', { name: 'Options for this chat' }).click();
  await page.getByRole('menuitem', { name: 'Export…' }).click();
  const dialog = exportDialog(page);
  await dialog.getByLabel('Format').selectOption(format);
  await expect(dialog.getByLabel('Save as')).toHaveValue(/\.(md|json|html)$/);
  await dialog.getByLabel('Save as').fill(path);
  await shot(page, `export-${format}`);
  await dialog.getByRole('button', { name: 'Export', exact: true }).click();
  await expect(toasts(page)).toContainText(`Saved to ${path}`);
}

/** Imports a file or folder by Settings; leaves the report open. */
async function importFrom(page: Page, path: string): Promise<void> {
  await place(page, 'Settings').click();
  await page.getByRole('button', { name: 'Import chats…' }).click();
  await page.getByRole('dialog', { name: 'Import chats' }).getByRole('textbox').fill(path);
  await page.keyboard.press('Enter');
}
const report = (page: Page, name: string | RegExp) => page.getByRole('dialog', { name });
const done = (page: Page) => page.getByRole('button', { name: 'Done' }).click();

test('a chat is exported as Markdown, JSON and HTML, and comes back whole from its JSON', async ({
  window,
  startApp,
}) => {
  await ask(window, 'think hard\nsay first answer');
  await lastAnswer(window).getByRole('button', { name: 'Try again' }).click();
  await expect(lastAnswer(window)).toContainText('2/2');
  await lastAnswer(window).hover();
  await lastAnswer(window).getByRole('button', { name: 'More' }).click();
  await window.getByRole('menuitem', { name: 'Good answer' }).click();
  await expect(lastAnswer(window).getByRole('button', { name: 'Rated good; take it back' })).toBeVisible();
  await shot(window, 'rated');
  const file = (name: string) => join(folder, name);
  await exportShown(window, 'markdown', file('a.md'));
  await expect(toasts(window)).toContainText('One message on another branch is not in it');
  const markdown = readFileSync(file('a.md'), 'utf8');
  expect(markdown).toContain('## You\n\nthink hard\nsay first answer');
  expect(markdown).toContain('first answer');
  await exportShown(window, 'json', file('a.json'));
  await exportShown(window, 'html', file('a.html'));

  // A file that is there is not written over.
  await window.getByRole('button', { name: 'Options for this chat' }).click();
  await window.getByRole('menuitem', { name: 'Export…' }).click();
  await exportDialog(window).getByLabel('Save as').fill(file('a.md'));
  // Another format keeps the place that was typed.
  await exportDialog(window).getByLabel('Format').selectOption('json');
  await expect(exportDialog(window).getByLabel('Save as')).toHaveValue(file('a.json'));
  await exportDialog(window).getByLabel('Format').selectOption('markdown');
  await expect(exportDialog(window).getByLabel('Save as')).toHaveValue(file('a.md'));
  await exportDialog(window).getByRole('button', { name: 'Export', exact: true }).click();
  await expect(exportDialog(window).getByRole('alert')).toContainText('There is already a file');
  await shot(window, 'export-conflict');
  await window.keyboard.press('Escape');

  const other = await startApp();
  await window.goto(other.address);
  await importFrom(window, file('a.json'));
  await expect(report(window, 'Imported 1 chat')).toContainText('3 messages from Inkling (1)');
  await done(window);
  await chatNamed(window, 'think hard').click();
  await expect(lastAnswer(window)).toContainText('2/2');
  await expect(lastAnswer(window).getByRole('button', { name: 'Rated good; take it back' })).toBeVisible();
  await exportShown(window, 'json', file('b.json'));
  expect(readFileSync(file('b.json'), 'utf8')).toBe(readFileSync(file('a.json'), 'utf8'));
});

test('everything goes into one file and back, and again makes no duplicates', async ({
  window,
  app,
  startApp,
}) => {
  await seedChat(app, 'Letters', ['say one', 'say two']);
  await seedChat(app, 'Trees', ['say three']);
  await place(window, 'Settings').click();
  await window.getByRole('button', { name: 'Export everything…' }).click();
  const path = join(folder, 'all.zip');
  await exportDialog(window).getByLabel('Save as').fill(path);
  await exportDialog(window).getByRole('button', { name: 'Export', exact: true }).click();
  await expect(toasts(window)).toContainText('2 chats.');
  await window.getByRole('button', { name: 'Export training data…' }).click();
  await exportDialog(window).getByLabel('Save as').fill(join(folder, 'train.jsonl'));
  await shot(window, 'export-training');
  await exportDialog(window).getByRole('button', { name: 'Export', exact: true }).click();
  await expect(toasts(window)).toContainText('2 lines from 2 chats.');
  const [line = ''] = readFileSync(join(folder, 'train.jsonl'), 'utf8').split('\n');
  expect(JSON.parse(line)).toEqual({
    messages: [
      { role: 'user', content: 'say one' },
      { role: 'assistant', content: 'one ' },
      { role: 'user', content: 'say two' },
      { role: 'assistant', content: 'two ' },
    ],
  });

  const other = await startApp();
  await window.goto(other.address);
  await importFrom(window, path);
  await expect(report(window, 'Imported 2 chats')).toContainText('6 messages from Inkling (2)');
  await done(window);
  await expect(chatNamed(window, 'Letters')).toBeVisible();
  await importFrom(window, path);
  await expect(report(window, 'Nothing new was imported')).toContainText('2 chats were here already');
  await done(window);
  await expect(chatList(window).locator('.chat-open')).toHaveCount(2);
});

test('chats of ChatGPT, LM Studio, Open WebUI and Jan are taken over, and what is not is told', async ({
  window,
}) => {
  const write = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const whole = JSON.stringify([chatGpt(), chatGpt('second', 'Cut off')]);
  await importFrom(window, write('conversations.json', whole.slice(0, -200)));
  const first = report(window, 'Imported 1 chat');
  await expect(first).toContainText('4 messages from ChatGPT (1)');
  await expect(first).toContainText('conversations.json The file ends in the middle.');
  await expect(first).toContainText('1 × images');
  await shot(window, 'import-report');
  await done(window);
  await importFrom(window, write('1731.conversation.json', JSON.stringify(lmStudio())));
  await expect(report(window, 'Imported 1 chat')).toContainText('LM Studio (1)');
  await done(window);
  await importFrom(window, write('chat-export.json', JSON.stringify([openWebUi()])));
  await expect(report(window, 'Imported 1 chat')).toContainText('Open WebUI (1)');
  await done(window);
  const thread = makeDir();
  for (const [name, text] of Object.entries(jan())) writeFileSync(join(thread, name), text);
  await importFrom(window, thread);
  await expect(report(window, 'Imported 1 chat')).toContainText('Jan (1)');
  await done(window);
  removeDir(thread);
  await importFrom(window, write('diary.txt', 'Dear diary'));
  await expect(report(window, 'Nothing new was imported')).toContainText(
    'Inkling knows no chats of this kind',
  );
  await shot(window, 'import-unknown');
  await done(window);

  await chatNamed(window, 'Haiku about rain').click();
  await expect(lastText(window)).toContainText('Rain on the tin roof');
  await expect(lastAnswer(window)).toContainText('2/2');
  await chatNamed(window, 'Physics').click();
  await expect(lastText(window)).toHaveText('Because air scatters blue light.');
  await chatNamed(window, 'Bread').click();
  await expect(answers(window)).toHaveCount(1);
  await expect(questions(window)).toHaveText(/How long does bread rise/);
  await window.getByRole('button', { name: 'Archived 1' }).click();
  await chatNamed(window, 'Ink for a pen').click();
  await expect(lastText(window)).toHaveText('Iron gall ink.');
});

test('an exported page does nothing, whatever was in the chat', async ({ window, app, context }) => {
  const texts = hostile('http://trap.invalid:9');
  const mapping: Record<string, unknown> = {};
  let parent: string | null = null;
  for (const [at, { text }] of texts.entries())
    for (const role of ['user', 'assistant']) {
      const id = `${role}${at}`;
      mapping[id] = {
        id,
        parent,
        children: [],
        message: { id, author: { role }, content: { content_type: 'text', parts: [text] } },
      };
      parent = id;
    }
  const title = '</title><script>pwned=1</script>';
  const chat = { title, mapping, current_node: parent, conversation_id: 'hostile' };
  writeFileSync(join(folder, 'hostile.json'), JSON.stringify([chat]));
  await importFrom(window, join(folder, 'hostile.json'));
  await expect(report(window, 'Imported 1 chat')).toBeVisible();
  await done(window);
  await chatNamed(window, 'script').click();
  const path = join(folder, 'hostile.html');
  await exportShown(window, 'html', path);

  const page = await context.newPage();
  const asked: string[] = [];
  const said: string[] = [];
  await page.route('**', (route) => {
    asked.push(route.request().url());
    return route.request().url().startsWith('file:') ? route.continue() : route.abort();
  });
  page.on('console', (message) => said.push(message.text()));
  page.on('dialog', (dialog) => said.push(dialog.message()));
  await page.goto(`file://${path}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
  await page.waitForLoadState('networkidle');
  await shot(page, 'exported-html');
  expect(asked).toEqual([`file://${path}`]);
  expect(said).toEqual([]);
  const parts = await page.evaluate(() => ({
    elements: [
      ...new Set([...document.body.querySelectorAll('*')].map((element) => element.localName)),
    ].sort(),
    pwned: Object.keys(globalThis).filter((key) => key.startsWith('pwned')),
    attributes: [...document.body.querySelectorAll('*')]
      .flatMap((element) => element.getAttributeNames())
      .filter((name) => !['class', 'dir'].includes(name)),
  }));
  expect(parts.pwned).toEqual([]);
  expect(parts.attributes).toEqual([]);
  const plain = ['article', 'code', 'div', 'h1', 'h2', 'h3', 'p', 'pre', 'strong'];
  expect(parts.elements.filter((name) => !plain.includes(name))).toEqual([]);
  const body = (await page.locator('body').textContent()) ?? '';
  for (const { seen, name } of texts)
    expect(typeof seen === 'string' ? body.includes(seen) : seen.test(body), name).toBe(true);
  expect(app.url).toContain('127.0.0.1');
});
