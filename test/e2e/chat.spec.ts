import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { writeRandomModel } from '../../models/randomModel.ts';
import { openClient } from '../client.ts';
import { makeDir, removeDir } from '../hosts/browser/startHost.ts';
import { expect, test } from './app.ts';
import {
  answers,
  ask,
  chatList,
  chatNamed,
  composer,
  ended,
  lastAnswer,
  lastText,
  questions,
  say,
  send,
  shot,
  stop,
} from './page.ts';

test('the first screen says what this is, where the words stay, and is ready to type', async ({ window }) => {
  await expect(window.getByRole('heading', { name: 'A language model of your own' })).toBeVisible();
  await expect(window.getByText('What you write stays here')).toBeVisible();
  await expect(window.getByText('test model with random weights')).toBeVisible();
  await expect(composer(window)).toBeFocused();
  await expect(send(window)).toBeDisabled();
  await expect(chatList(window)).toContainText('Your chats will be listed here.');
  await expect(window.getByRole('button', { name: 'Offline', exact: true })).toBeVisible();
  await shot(window, 'chat-first-screen');
});

test('a real model answers, and a reload and a second window find everything', async ({
  window,
  app,
  context,
}) => {
  const client = await openClient(app);
  await client.settings.set({ sampling: { maxTokens: 60 } });

  await test.step('Shift+Enter breaks the line, Enter sends', async () => {
    await composer(window).pressSequentially('Hello there');
    await composer(window).press('Shift+Enter');
    await composer(window).pressSequentially('second line');
    await expect(composer(window)).toHaveValue('Hello there\nsecond line');
    await expect(questions(window)).toHaveCount(0);
    await composer(window).press('Enter');
    await expect(composer(window)).toHaveValue('');
    await expect(questions(window)).toContainText('Hello there\nsecond line', { useInnerText: true });
  });

  await test.step('the answer comes with honest figures', async () => {
    await ended(window, 60_000);
    await expect(lastText(window)).not.toBeEmpty();
    const figures = lastAnswer(window).getByRole('button', { name: /^Figures:/ });
    await expect(figures).toContainText(/to first word.*tokens\/s.*\d+ tokens/);
    await figures.click();
    await expect(window.getByRole('dialog', { name: 'Figures' })).toContainText(/Threads\s*[12]/);
    await shot(window, 'chat-figures');
    await window.keyboard.press('Escape');
    await expect(chatNamed(window, 'Hello there')).toBeVisible();
  });

  await ask(window, 'And a second message');
  await expect(questions(window)).toHaveCount(2);

  const texts = await answers(window).locator('.reading').allInnerTexts();
  await test.step('a reload finds everything', async () => {
    await window.reload();
    await expect(questions(window)).toHaveCount(2);
    expect(await answers(window).locator('.reading').allInnerTexts()).toEqual(texts);
  });

  await test.step('a second window sees the chat, and what is said there', async () => {
    const other = await context.newPage();
    await other.goto(app.address);
    await chatNamed(other, 'Hello there').click();
    await expect(questions(other)).toHaveCount(2);
    await ask(other, 'From the other window');
    await expect(questions(window).last()).toContainText('From the other window');
    await expect(answers(window)).toHaveCount(await answers(other).count());
    await other.close();
  });
  client.close();
});

test.describe('with a real model that never ends by itself', () => {
  const appDataDir = makeDir();
  test.use({ appDataDir });
  test.beforeAll(async () => {
    mkdirSync(join(appDataDir, 'models'));
    await writeRandomModel(join(appDataDir, 'models/endless.gguf'), { name: 'Endless words', endless: true });
  });
  test.afterAll(() => removeDir(appDataDir));

  test('Stop and Escape free the engine at once, and the next message is answered', async ({
    window,
    app,
  }) => {
    const client = await openClient(app);
    await window.getByRole('button', { name: /^Model:/ }).click();
    await window.getByRole('button', { name: 'Endless words' }).click();
    await expect(window.getByRole('button', { name: /^Model: Endless words.*, loaded/ })).toBeVisible({
      timeout: 30_000,
    });
    for (const press of [() => stop(window).click(), () => window.keyboard.press('Escape')]) {
      await say(window, 'Go on and on');
      await expect(lastText(window)).not.toBeEmpty({ timeout: 20_000 });
      await press();
      const pressed = Date.now();
      for await (const { busy } of client.engine.watch(null)) if (!busy) break;
      expect(Date.now() - pressed, 'ms until the engine is free').toBeLessThan(2000);
      await expect(lastAnswer(window).getByText('Stopped', { exact: true })).toBeVisible();
      await expect(lastText(window)).not.toBeEmpty();
    }
    await client.settings.set({ sampling: { maxTokens: 20 } });
    await ask(window, 'And once more');
    await expect(lastAnswer(window)).toContainText('The answer reached the most tokens it may have');
    client.close();
  });
});
