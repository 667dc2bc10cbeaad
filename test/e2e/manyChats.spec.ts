import { createConversations } from '../../electron/services/conversations/createConversations.ts';
import { openStorage } from '../../electron/services/storage/openStorage.ts';
import { makeDir, removeDir } from '../hosts/browser/startHost.ts';
import { expect, test } from './app.ts';
import { ask, chatList, chatNamed, lastText, palette, questions, scripted, shot } from './page.ts';

const appDataDir = makeDir();
test.use({ ...scripted, appDataDir });
const dayMs = 86_400_000;

test.beforeAll(async () => {
  const storage = openStorage({ dataDir: appDataDir });
  let at = Date.now() - 400 * dayMs;
  const chats = createConversations({ storage, now: () => at });
  const never = { signal: new AbortController().signal };
  const turn = (conversationId: string, text: string, answer: string) => {
    const { answer: line } = chats.addTurn({ conversationId, parentId: null, text, model: null });
    const writer = chats.openAnswer(line.id);
    writer.append({ text: answer });
    writer.finish({ state: 'done', endReason: 'complete', stats: null, error: null, leftOut: 0 });
  };
  // One transaction: ten thousand commits would take a minute.
  const db = storage.connection();
  const ids = db.transaction(() => {
    const made: string[] = [];
    for (let n = 0; n < 10_000; n++) {
      at += (399 * dayMs) / 10_000;
      const { id } = chats.api.create({ title: `Chat number ${n}` }, never) as { id: string };
      turn(id, `question ${n} word${n}word`, `answer ${n}`);
      made.push(id);
    }
    return made;
  });
  const long = ids[5000] ?? '';
  db.transaction(() => {
    for (let n = 0; n < 250; n++) turn(long, `turn ${n}`, `reply ${n}: some words of an answer. `.repeat(5));
  });
  await storage.close();
});
test.afterAll(() => removeDir(appDataDir));

test('ten thousand chats: listed, scrolled, searched, opened, with the window quick all the time', async ({
  window,
}) => {
  const list = chatList(window);
  await expect(list.locator('.chat-open').first()).toBeVisible();
  expect(await list.locator('.chat-open').count(), 'rows that are really there').toBeLessThan(100);
  await shot(window, 'many-chats');
  // The list grows while it is read.
  await expect(async () => {
    await list.evaluate((element) => element.scrollTo(0, element.scrollHeight));
    await expect(chatNamed(window, /^Chat number 0$/)).toBeVisible({ timeout: 500 });
  }).toPass();
  await list.evaluate((element) => element.scrollTo(0, element.scrollHeight / 3));
  await expect(list.locator('.chat-open').first()).toBeVisible();
  await shot(window, 'many-chats-middle');

  await window.keyboard.press('Control+K');
  const input = palette(window).getByRole('combobox');
  await input.fill('word1234word');
  await expect(palette(window).getByRole('option').first()).toContainText('Chat number 1234');
  await input.fill('Chat number 77');
  await expect(palette(window).getByRole('option').first()).toContainText('Chat number 77');
  await input.fill('word1234word');
  await expect(palette(window).getByRole('option').first()).toContainText('Chat number 1234');
  await window.keyboard.press('Enter');
  await expect(lastText(window)).toHaveText('answer 1234');
  await ask(window, 'say and now on top');
  await list.evaluate((element) => element.scrollTo(0, 0));
  await expect(list.locator('.chat-open').first()).toHaveText('Chat number 1234');
});

test('a chat of five hundred messages opens at its end and reads on upwards to its beginning', async ({
  window,
}) => {
  test.setTimeout(90_000);
  const list = chatList(window);
  await expect(list.locator('.chat-open').first()).toBeVisible();
  await window.keyboard.press('Control+K');
  await palette(window).getByRole('combobox').fill('turn 249');
  await window.keyboard.press('Control+K');
  await expect(palette(window).getByRole('option').first()).toContainText('Chat number 5000');
  await window.keyboard.press('Enter');
  await expect(lastText(window)).toContainText('reply 249');
  const messages = window.getByRole('region', { name: 'Messages' });
  await expect(window.getByRole('button', { name: 'Try again' }).last()).toBeInViewport();
  await messages.focus();
  await expect(async () => {
    await window.keyboard.press('Home');
    await expect(questions(window).first()).toContainText('question 5000', { timeout: 100 });
  }).toPass({ timeout: 60_000 });
});
