import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { openClient } from '../client.ts';
import { expect, test } from './app.ts';
import {
  ask,
  chatList,
  chatNamed,
  composer,
  ended,
  lastAnswer,
  lastText,
  numbers,
  say,
  scripted,
  send,
  shot,
  toasts,
  trouble,
} from './page.ts';

test.use({ ...scripted, pageErrorsAllowed: true });

/** Starts to note, every few ms, the newest number of the answer on the page. */
const watchNumbers = (page: Page) =>
  page.evaluate(() => {
    const seen: [at: number, last: number][] = [];
    Object.assign(globalThis, { seen });
    setInterval(() => {
      const texts = document.querySelectorAll('.answer .reading');
      const last = /(\d+)\s*$/.exec(texts[texts.length - 1]?.textContent ?? '')?.[1];
      if (last !== undefined) seen.push([Date.now(), Number(last)]);
    }, 10);
  });
/** The number that the page showed at a time (ms since 1970). */
const shownAt = (page: Page, time: number) =>
  page.evaluate((time) => {
    const { seen } = globalThis as unknown as { seen: [number, number][] };
    return seen.filter(([at]) => at <= time).at(-1)?.[1] ?? -1;
  }, time);

test('kill -9 in mid-answer: an exact beginning is kept, at most 250 ms short, and Try again works', async ({
  startApp,
  page,
}) => {
  const first = await startApp();
  await page.goto(first.address);
  await watchNumbers(page);
  await say(page, 'words 100000 2');
  await expect.poll(() => shownAt(page, Date.now())).toBeGreaterThan(500);
  const killedAt = Date.now();
  await first.stop('SIGKILL');
  await expect(page.getByRole('alert').filter({ hasText: 'Inkling does not answer' })).toBeVisible();
  await expect(trouble(page)).toContainText('The connection was lost');
  await shot(page, 'lost-in-mid-answer');
  // 250 ms is the promise; as much again is for a machine that does other things, too.
  const due = await shownAt(page, killedAt - 500);
  expect(due).toBeGreaterThan(100);

  const second = await startApp({ dataDir: first.dataDir });
  const client = await openClient(second);
  const { conversations } = await client.conversations.list({});
  const { messages } = await client.conversations.messages({ id: conversations[0]?.id ?? '' });
  const answer = messages.at(-1);
  expect(answer).toMatchObject({ state: 'interrupted', damaged: false });
  const kept = (answer?.text ?? '').trimEnd().split(' ').length;
  expect(kept).toBeGreaterThan(due);
  expect(`${answer?.text.trimEnd()} `).toBe(numbers(kept));
  client.close();

  await page.goto(second.address);
  await chatNamed(page, 'words 100000 2').click();
  await expect(trouble(page)).toContainText('Inkling was closed while this was being written');
  await expect(lastText(page)).toContainText(new RegExp(`\\b${kept - 1}\\s*$`));
  await shot(page, 'interrupted');
  await trouble(page).getByRole('button', { name: 'Try again' }).click();
  await expect(trouble(page)).toHaveCount(0);
  await expect(lastText(page)).toContainText(/\d+ \d+ \d+/);
  await page.keyboard.press('Escape');
  await ended(page);
  await expect(page.getByRole('img', { name: 'Version 2 of 2' })).toBeVisible();
});

test('SIGTERM in mid-answer keeps all that was shown, and the next start finds it', async ({
  startApp,
  page,
}) => {
  const first = await startApp();
  await page.goto(first.address);
  await watchNumbers(page);
  await say(page, 'words 100000 2');
  await expect.poll(() => shownAt(page, Date.now())).toBeGreaterThan(200);
  const { code } = await first.stop('SIGTERM');
  expect(code).toBe(0);
  const shown = await shownAt(page, Date.now());
  const second = await startApp({ dataDir: first.dataDir });
  await page.goto(second.address);
  await chatNamed(page, 'words 100000 2').click();
  await expect(lastText(page)).toContainText(/\d+ \d+ \d+/);
  const last = Number(/(\d+)\s*$/.exec((await lastText(page).textContent()) ?? '')?.[1]);
  expect(last).toBeGreaterThanOrEqual(shown);
});

test('a chat is renamed, deleted, brought back and deleted for good; a restart changes nothing', async ({
  startApp,
  page,
}) => {
  test.setTimeout(90_000);
  const first = await startApp();
  await page.goto(first.address);
  await ask(page, 'say xylophonequartz');
  await ask(page, 'say marmaladegiraffe');
  const client = await openClient(first);
  await client.storage.backup(null);
  client.close();

  await test.step('rename by F2, by Enter; Escape changes nothing', async () => {
    await chatNamed(page, 'xylophonequartz').press('F2');
    const field = page.getByRole('textbox', { name: 'Name of the chat' });
    await field.fill('Secretzeppelin');
    await field.press('Enter');
    await expect(chatNamed(page, 'Secretzeppelin')).toBeVisible();
    await page.getByRole('button', { name: /^Rename “Secret/ }).click();
    await field.fill('Another');
    await field.press('Escape');
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Secretzeppelin');
  });

  await first.stop();
  const second = await startApp({ dataDir: first.dataDir });
  await page.goto(second.address);

  await test.step('delete and undo', async () => {
    await chatNamed(page, 'Secretzeppelin').click();
    await expect(lastText(page)).toHaveText('marmaladegiraffe');
    await chatNamed(page, 'Secretzeppelin').press('Delete');
    await expect(chatList(page)).toContainText('Your chats will be listed here.');
    await expect(toasts(page)).toContainText('Deleted “Secretzeppelin”');
    await shot(page, 'deleted-undo');
    await toasts(page).getByRole('button', { name: 'Undo' }).click();
    await expect(chatNamed(page, 'Secretzeppelin')).toBeVisible();
    await expect(lastText(page)).toHaveText('marmaladegiraffe');
  });

  await test.step('after the time to undo, its words are in no file', async () => {
    const words = ['xylophonequartz', 'marmaladegiraffe', 'secretzeppelin'];
    expect(filesWith(first.dataDir, words)).not.toEqual([]);
    await chatNamed(page, 'Secretzeppelin').press('Delete');
    await expect(chatList(page)).toContainText('Your chats will be listed here.');
    await expect.poll(() => filesWith(first.dataDir, words), { timeout: 20_000 }).toEqual([]);
    await page.keyboard.press('Control+K');
    await page.getByRole('combobox').fill('xylophonequartz');
    await expect(page.getByText('Nothing found for')).toBeVisible();
  });
});

test('a connection that breaks in mid-answer keeps text and draft, and comes back by itself', async ({
  window,
}) => {
  let drop = () => {};
  await window.routeWebSocket(/\/rpc$/, (socket) => {
    const server = socket.connectToServer();
    drop = () => {
      void server.close();
      void socket.close();
    };
  });
  await window.reload();
  await say(window, 'words 100000 5');
  await expect(lastText(window)).toContainText('50 51 52');
  await composer(window).fill('half a thought');
  drop();
  await expect(lastAnswer(window).locator('.answer-foot')).toContainText('Stopped', { timeout: 15_000 });
  await expect(window.getByRole('alert').filter({ hasText: 'Inkling does not answer' })).toHaveCount(0);
  await expect(lastText(window)).toContainText('50 51 52');
  await expect(composer(window)).toHaveValue('half a thought');
  await ask(window, 'say works again');
  await expect(lastText(window)).toHaveText('works again');
});

test('when Inkling is gone the draft stays, and the page says how to get back in', async ({
  startApp,
  page,
}) => {
  const first = await startApp();
  await page.goto(first.address);
  await ask(page, 'say before');
  await composer(page).fill('half a thought');
  const port = new URL(first.url).port;
  await first.stop('SIGKILL');
  const banner = page.getByRole('alert').filter({ hasText: 'Inkling does not answer' });
  await expect(banner).toBeVisible();
  await expect(composer(page)).toHaveValue('half a thought');
  await expect(send(page)).toBeDisabled();
  await composer(page).press('Enter');
  await shot(page, 'lost-banner');

  const second = await startApp({ dataDir: first.dataDir, args: [...scripted.appArgs, '--port', port] });
  // Each start has a key of its own, so this page cannot get in; it must say what helps.
  await expect(banner).toContainText('open the address it shows', { timeout: 20_000 });
  await expect(composer(page)).toHaveValue('half a thought');
  await shot(page, 'lost-other-key');
  await page.goto(second.address);
  await expect(banner).toHaveCount(0);
  await chatNamed(page, 'say before').click();
  await expect(lastText(page)).toHaveText('before');
});

/** Files below a folder that hold one of the words, as UTF-8 or UTF-16, in either case. */
function filesWith(folder: string, words: readonly string[]): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return files
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => {
      const bytes = readFileSync(file);
      const texts = [bytes.toString('latin1').toLowerCase(), bytes.toString('utf16le').toLowerCase()];
      return words.some((word) => texts.some((text) => text.includes(word)));
    });
}
