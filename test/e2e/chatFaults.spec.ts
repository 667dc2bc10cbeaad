import { copyFileSync, cpSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { openClient } from '../client.ts';
import { builtEntry, makeDir, removeDir, testModel } from '../hosts/browser/startHost.ts';
import { expect, test } from './app.ts';
import {
  answers,
  ask,
  chatNamed,
  composer,
  ended,
  lastAnswer,
  lastText,
  picker,
  questions,
  say,
  scripted,
  send,
  shot,
  stop,
  trouble,
} from './page.ts';

test.use(scripted);

test('a failed answer says what happened, and another try stands beside the first', async ({ window }) => {
  await ask(window, 'say some words\nfail internal');
  await expect(trouble(window)).toContainText('Scripted internal.');
  await expect(lastText(window)).toHaveText('some words');
  await shot(window, 'chat-failed');
  await trouble(window).getByRole('button', { name: 'Try again' }).click();
  await ended(window);
  const version = lastAnswer(window).getByRole('img', { name: /^Version/ });
  await expect(version).toHaveAccessibleName('Version 2 of 2');
  await lastAnswer(window).getByRole('button', { name: 'Previous version' }).click();
  await expect(version).toHaveAccessibleName('Version 1 of 2');
  await expect(lastAnswer(window).getByRole('button', { name: 'Previous version' })).toBeDisabled();
  await window.reload();
  await expect(version).toHaveAccessibleName('Version 1 of 2');
  await lastAnswer(window).getByRole('button', { name: 'Next version' }).click();
  await expect(version).toHaveAccessibleName('Version 2 of 2');
  await expect(questions(window)).toHaveCount(1);
});

test('another version of an early answer keeps what came after it, on its own branch', async ({ window }) => {
  await ask(window, 'say first');
  await ask(window, 'say second');
  await answers(window).first().getByRole('button', { name: 'Try again' }).click();
  await ended(window);
  await expect(questions(window)).toHaveCount(1);
  await lastAnswer(window).getByRole('button', { name: 'Previous version' }).click();
  await expect(questions(window)).toHaveCount(2);
  await expect(lastText(window)).toHaveText('second');
});

test('two chats that ask at once: one waits and says so, Stop of the waiting one leaves the other alone', async ({
  window,
}) => {
  await say(window, 'words 1000 20');
  await expect(lastText(window)).toContainText('5');
  await window.keyboard.press('Control+Shift+O');
  await expect(questions(window)).toHaveCount(0);
  await expect(composer(window)).toBeFocused();
  await expect(
    chatNamed(window, 'words 1000 20').locator('..').getByRole('img', { name: 'Answering' }),
  ).toBeVisible();
  await say(window, 'say never said');
  await expect(lastAnswer(window)).toContainText('Waiting: 1 ahead of this one');
  await shot(window, 'chat-waiting');
  await stop(window).click();
  await ended(window);
  await say(window, 'say at last');
  await expect(lastAnswer(window)).toContainText('Waiting');
  await chatNamed(window, 'words 1000 20').click();
  await expect(lastText(window)).toContainText(/\d+ \d+/);
  await window.keyboard.press('Escape');
  await expect(lastAnswer(window).getByText('Stopped', { exact: true })).toBeVisible();
  await chatNamed(window, 'say never said').click();
  await expect(lastText(window)).toContainText('at last');
});

test('thinking is folded away, reading the prompt is shown, and a new chat keeps its own draft', async ({
  window,
}) => {
  await say(window, 'prefill 400\nthink deep thoughts\nsay the answer');
  await expect(window.getByRole('progressbar', { name: 'Reading the prompt' })).toBeVisible();
  await shot(window, 'chat-prefill');
  await ended(window);
  await expect(lastText(window)).toHaveText('the answer');
  const thought = lastAnswer(window).getByRole('button', { name: /^Thought/ });
  await expect(thought).toHaveAttribute('aria-expanded', 'false');
  await expect(window.getByText('deep thoughts', { exact: true })).toHaveCount(0);
  await thought.click();
  await expect(window.getByText('deep thoughts', { exact: true })).toBeVisible();
  await composer(window).fill('a draft');
  await window.getByRole('button', { name: /^New chat/ }).click();
  await expect(composer(window)).toHaveValue('');
  await chatNamed(window, 'prefill 400').click();
  await expect(composer(window)).toHaveValue('a draft');
});

test('a message longer than the window is refused with both counts, and leads to a new chat', async ({
  window,
}) => {
  await ask(window, `echo ${'long '.repeat(5000)}`);
  await expect(trouble(window)).toContainText(/5[,.]?\d\d\d.*4[,.]?096/);
  await expect(questions(window)).toContainText('long long');
  await shot(window, 'chat-overflow');
  await trouble(window).getByRole('button', { name: 'New chat' }).click();
  await expect(questions(window)).toHaveCount(0);
  await ask(window, 'say fits');
  await expect(lastText(window)).toHaveText('fits');
});

test('earlier messages that do not fit are left out with a count, and stay in the chat', async ({
  window,
}) => {
  for (let turn = 0; turn < 3; turn++) await ask(window, `say turn ${turn}\n${'word '.repeat(1500)}`);
  await expect(lastAnswer(window)).toContainText(/earlier messages? (was|were) left out/);
  await window.getByRole('region', { name: 'Messages' }).press('Home');
  await expect(questions(window).first()).toContainText('say turn 0');
});

test('an engine that crashes in mid-answer: text kept, told, the next prompt works by itself', async ({
  window,
  app,
}) => {
  await say(window, 'words 200 5\ncrash');
  await expect(window.getByRole('alert').filter({ hasText: 'The engine stopped' })).toBeVisible();
  await ended(window);
  await expect(lastText(window)).toContainText('197 198 199');
  await expect(trouble(window)).toContainText('Your text is kept');
  await shot(window, 'chat-crash');
  await ask(window, 'say alive again');
  await expect(lastText(window)).toHaveText('alive again');
  const client = await openClient(app);
  for await (const { crashes } of client.engine.watch(null)) {
    expect(crashes).toBe(1);
    break;
  }
  client.close();
});

test('a model that crashes three times is named and left alone, until it is asked for again', async ({
  window,
}) => {
  for (let crash = 0; crash < 3; crash++) await ask(window, 'say once\ncrash');
  const banner = window.getByRole('alert').filter({ hasText: 'The engine stopped' });
  await expect(banner).toContainText('while Random words (test model) was running');
  await expect(banner).toContainText('left alone until you ask for it again');
  await ask(window, 'say hello');
  await expect(trouble(window)).toContainText('three times in five minutes');
  await shot(window, 'chat-blocked');
  await trouble(window).getByRole('button', { name: 'Load anyway' }).click();
  await expect(lastText(window)).toHaveText('hello', { timeout: 20_000 });
});

test('an engine that hangs is noticed, replaced, and the next prompt works', async ({ window }) => {
  test.setTimeout(90_000);
  await say(window, 'say before\nhang');
  await expect(lastText(window)).toHaveText('before');
  await stop(window).click();
  await expect(send(window)).toBeVisible();
  await ask(window, 'say after');
  await expect(lastText(window)).toHaveText('after');
});

test.describe('with files that cannot be loaded', () => {
  const appDataDir = makeDir();
  test.use({ appDataDir });
  test.beforeAll(() => {
    mkdirSync(join(appDataDir, 'models'));
    for (const name of ['fail-load', 'crash-load'])
      copyFileSync(testModel, join(appDataDir, `models/${name}.gguf`));
  });
  test.afterAll(() => removeDir(appDataDir));

  test('a model that cannot be loaded says why and offers another one', async ({ window }) => {
    await picker(window).click();
    await window.getByTitle(/fail-load/).click();
    await expect(window.getByText('Scripted failure.').first()).toBeVisible();
    await ask(window, 'say hello');
    await expect(trouble(window)).toContainText('Scripted failure.');
    await trouble(window).getByRole('button', { name: 'Choose a model' }).click();
    await expect(window.getByRole('heading', { name: 'Models' })).toBeAttached();
    await shot(window, 'models-load-failed');
  });
});

test('without any model the message is kept, and the way to a model is one click', async ({
  startApp,
  page,
}) => {
  const folder = makeDir();
  const dist = dirname(builtEntry);
  for (const name of ['browser.mjs', 'scan.mjs', 'renderer'])
    cpSync(join(dist, name), join(folder, name), { recursive: true });
  const env = { INKLING_BUILTIN_MODELS: join(folder, 'models') };
  const app = await startApp({ entry: join(folder, 'browser.mjs'), env });
  await page.goto(app.address);
  await expect(page.getByText('There is no model yet.')).toBeVisible();
  await expect(picker(page)).toContainText('No model');
  await shot(page, 'chat-no-model');
  await ask(page, 'say hello');
  await expect(trouble(page)).toContainText('There is no model to answer yet. Your message is kept.');
  copyFileSync(testModel, join(app.dataDir, 'models/mine.gguf'));
  await expect(picker(page)).toContainText('Random words');
  await trouble(page).getByRole('button', { name: 'Try again' }).click();
  await expect(lastText(page)).toHaveText('hello');
  removeDir(folder);
});
