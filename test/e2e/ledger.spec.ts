import type { Locator, Page } from '@playwright/test';
import { openClient } from '../client.ts';
import type { RunningHost } from '../hosts/browser/startHost.ts';
import { expectAccessible } from './accessible.ts';
import { expect, test } from './app.ts';
import { seedChat } from './dataFolder.ts';
import {
  answers,
  ask,
  chatNamed,
  composer,
  lastAnswer,
  lastText,
  picker,
  questions,
  scripted,
  shot,
  toasts,
} from './page.ts';

const meter = (page: Page): Locator => page.getByRole('button', { name: /tokens of the window used$/ });
const panel = (page: Page): Locator => page.getByRole('complementary', { name: 'What the model sees' });
const seen = (page: Page): Locator => panel(page).getByRole('list', { name: 'Seen' }).getByRole('listitem');
const pushed = (page: Page): Locator => page.getByRole('region', { name: 'What is left out' });
const summary = (page: Page): Locator => page.getByRole('complementary', { name: 'Summary' });
const rowOf = (page: Page, text: string): Locator => page.locator('.row').filter({ hasText: text });
const words = (count: number): string => 'word '.repeat(count).trim();
const tokensOf = async (rows: Locator): Promise<number> =>
  (await rows.locator('.ledger-line .ledger-tokens').allTextContents())
    .map((text) => Number(text.replaceAll(',', '')))
    .reduce((sum, count) => sum + count, 0);

/** The newest answer of the newest chat. */
async function lastSaid(app: RunningHost): Promise<string> {
  const client = await openClient(app);
  try {
    const { conversations } = await client.conversations.list({ limit: 1 });
    const { messages } = await client.conversations.messages({ id: conversations[0]?.id ?? '', limit: 1 });
    return messages[0]?.text ?? '';
  } finally {
    client.close();
  }
}

test.describe('with a scripted engine', () => {
  test.use({ ...scripted, contextOptions: { reducedMotion: 'reduce' } });

  test('the meter opens what the model sees, part by part, and the parts sum up', async ({ window, app }) => {
    const client = await openClient(app);
    await client.settings.set({ systemPrompt: 'Answer in metric units.' });
    client.close();
    await ask(window, 'say The battery holds 100 Ah.');
    await ask(window, 'say It fits under the bench.');
    await composer(window).fill('Is it heavy?');
    await expect(meter(window)).toBeVisible();
    await meter(window).click();
    await expect(panel(window)).toBeFocused();
    await expect(seen(window)).toHaveText([
      /^Instructions4Answer in metric units\./,
      /^Turn 117say The battery holds 100 Ah\./,
      /^Turn 217say It fits under the bench\./,
      /^Your message3Is it heavy\?/,
      /^Marks of the chat format6/,
      /^Room for the answer512/,
    ]);
    const total = (await tokensOf(seen(window))) - 512;
    await expect(panel(window)).toContainText(`${total} used`);
    await expect(meter(window)).toHaveAccessibleName(new RegExp(`^${total} of 4,096 `));
    await expect(panel(window)).toContainText('Nothing is left out.');
    await expectAccessible(window, 'ledger', 'panel');
    await panel(window).press('Escape');
    await expect(panel(window)).toHaveCount(0);
    await expect(meter(window)).toBeFocused();
  });

  test('a draft that pushes turns out says so before it is sent; those are left out, and marked', async ({
    window,
    app,
    startApp,
  }) => {
    await seedChat(
      app,
      'Long',
      ['one', 'two', 'three'].map((name) => `say ${name} ${words(500)}`),
    );
    await chatNamed(window, 'Long').click();
    await ask(window, 'say four');
    await composer(window).fill('echo short');
    await expect(meter(window)).toHaveAccessibleName(/^3,0\d\d of/);
    await expect(pushed(window)).toHaveCount(0);

    await composer(window).fill(`echo ${words(700)}`);
    await expect(pushed(window)).toContainText('This leaves out turns 1 and 2.');
    await expect(rowOf(window, 'say four')).not.toHaveAttribute('data-out');
    await expectAccessible(window, 'ledger', 'pushed out');
    await pushed(window).getByRole('button', { name: 'Leave out' }).click();
    await expect(pushed(window)).toHaveCount(0);
    await composer(window).press('Enter');
    await expect(lastAnswer(window)).toContainText('4 earlier messages were left out');
    const prompt = JSON.parse(await lastSaid(app)) as { text: string }[];
    expect(prompt.map(({ text }) => text.slice(0, 9))).toEqual([
      'say three',
      'three wor',
      'say four',
      'four ',
      'echo word',
    ]);

    const top = async (page: Page) => {
      // A chat shows its end first, and the rest a moment later.
      await expect(async () => {
        await page.getByRole('region', { name: 'Messages' }).press('Home');
        await expect(rowOf(page, 'say one')).toBeVisible({ timeout: 1000 });
      }).toPass();
      await expect(rowOf(page, 'say one')).toHaveAttribute('data-out', 'full');
      await expect(rowOf(page, 'say one')).toContainText('Not seen by the model: the window is full');
    };
    await top(window);
    await expectAccessible(window, 'ledger', 'left out');
    // Also where no model is loaded yet.
    await window.goto('about:blank');
    await app.stop();
    const again = await startApp({ dataDir: app.dataDir });
    await window.goto(again.address);
    await chatNamed(window, 'Long').click();
    await top(window);
    await expect(meter(window)).toHaveCount(0);
  });

  test('what is pushed out can be summed up; the summary can be changed, removed and brought back', async ({
    window,
    app,
  }) => {
    await seedChat(app, 'Lake', ['say The lake is blue.', `say ${words(600)}`, `say ${words(600)}`]);
    await chatNamed(window, 'Lake').click();
    await ask(window, 'say four');
    await composer(window).fill(words(1300));
    await pushed(window).getByRole('button', { name: 'Sum them up' }).click();
    await expect(pushed(window)).toHaveCount(0);
    await composer(window).fill('echo');
    await window.getByRole('region', { name: 'Messages' }).press('Home');
    await expect(rowOf(window, 'say The lake is blue.')).toHaveAttribute('data-out', 'summarized');
    await summary(window).scrollIntoViewIfNeeded();
    await expect(summary(window)).toContainText('The model reads this in place of the 2 turns above.');
    await expect(summary(window)).toContainText('The lake is blue.');

    await summary(window).getByRole('button', { name: 'Edit summary' }).click();
    await summary(window).getByRole('textbox', { name: 'Summary' }).fill('The lake is blue and cold.');
    await summary(window).getByRole('button', { name: 'Save' }).click();
    await expect(summary(window).locator('.summary-text')).toHaveText('The lake is blue and cold.');
    await expectAccessible(window, 'ledger', 'summary');
    await composer(window).press('Enter');
    await expect(lastAnswer(window).locator('.answer-foot')).toBeVisible();
    await expect.poll(() => lastSaid(app)).toContain('The lake is blue and cold.');
    expect(await lastSaid(app)).not.toContain('say The lake');

    await window.getByRole('region', { name: 'Messages' }).press('Home');
    await summary(window).scrollIntoViewIfNeeded();
    await summary(window).getByRole('button', { name: 'Remove summary' }).click();
    await expect(summary(window)).toHaveCount(0);
    await toasts(window).getByRole('button', { name: 'Undo' }).click();
    await expect(summary(window)).toContainText('The lake is blue and cold.');
  });

  test('a message is always kept or left out by hand, from its menu and from the panel', async ({
    window,
  }) => {
    await ask(window, 'say alpha');
    await ask(window, 'say beta');
    const menu = async (text: string, item: string) => {
      await questions(window).filter({ hasText: text }).hover();
      await questions(window).filter({ hasText: text }).getByRole('button', { name: 'More' }).click();
      await window.getByRole('menuitem', { name: item, exact: true }).click();
    };
    await menu('say alpha', 'Leave out');
    await expect(rowOf(window, 'say alpha')).toContainText('Not seen by the model: left out by you');
    await expect(rowOf(window, 'say alpha')).toHaveAttribute('data-out', 'by_hand');
    await menu('say beta', 'Always keep');
    await expect(rowOf(window, 'say beta')).toContainText('Always kept');
    await ask(window, 'echo');
    await expect(lastText(window)).toContainText('say beta');
    await expect(lastText(window)).not.toContainText('say alpha');

    await meter(window).click();
    await expect(panel(window).getByRole('list', { name: 'Left out by you' })).toContainText('Turn 1');
    const leave = panel(window).getByRole('button', { name: 'Leave out turn 1' });
    await expect(leave).toHaveAttribute('aria-pressed', 'true');
    await leave.press('Enter');
    await expect(panel(window).getByRole('list', { name: 'Left out by you' })).toHaveCount(0);
    await expect(rowOf(window, 'say alpha')).not.toHaveAttribute('data-out');
    await expect(panel(window).getByRole('button', { name: 'Always keep turn 2' })).toHaveAttribute(
      'aria-pressed',
      'true',
    );
    await expectAccessible(window, 'ledger', 'by hand');
  });

  test('a message that cannot fit is told with the counts before it is sent', async ({ window }) => {
    await ask(window, 'say hello');
    await composer(window).fill(words(5000));
    const alert = window.getByRole('region', { name: 'What does not fit' });
    await expect(alert).toContainText('take 5,0');
    await expect(alert).toContainText('holds 4,096, of which 512 are kept for the answer');
    await expect(questions(window)).toHaveCount(1);
    await expectAccessible(window, 'ledger', 'too long');
    await composer(window).fill('say short');
    await expect(alert).toHaveCount(0);
  });

  test('a new chat takes along what was typed', async ({ window, app }) => {
    await seedChat(app, 'Long', [`say one ${words(800)}`, `say two ${words(800)}`]);
    await chatNamed(window, 'Long').click();
    await composer(window).fill(`say this ${words(600)}`);
    await pushed(window).getByRole('button', { name: 'New chat' }).click();
    await expect(answers(window)).toHaveCount(0);
    await expect(composer(window)).toHaveValue(`say this ${words(600)}`);
    await chatNamed(window, 'Long').click();
    await expect(composer(window)).toHaveValue('');
  });
});

test('a larger window brings the pushed out turns back, and is kept for the model', async ({
  window,
  app,
}) => {
  const client = await openClient(app);
  await client.settings.set({ contextSize: 512, sampling: { maxTokens: 8 } });
  client.close();
  await seedChat(
    app,
    'Small window',
    ['one', 'two', 'three'].map((name) => `${name} ${words(60)}`),
  );
  await chatNamed(window, 'Small window').click();
  await composer(window).fill(words(200));
  await expect(pushed(window)).toContainText('This leaves out turn');
  await pushed(window).getByRole('button', { name: 'Larger window…' }).click();
  const choices = window.getByRole('dialog', { name: 'Larger window' });
  const choice = choices.getByRole('button', { name: /tokens/ }).first();
  await expect(choice).toContainText('runs well here');
  await shot(window, 'ledger-larger-window');
  const size = (await choice.textContent())?.match(/^[\d,]+/)?.[0] ?? '';
  await choice.click();
  await expect(meter(window)).toHaveAccessibleName(new RegExp(`of ${size} tokens`));
  await expect(pushed(window)).toHaveCount(0);
  await expect(picker(window)).toBeVisible();
  const after = await openClient(app);
  const { load } = await after.settings.get(null);
  after.close();
  expect(Object.values(load).map(({ contextSize }) => contextSize)).toEqual([
    Number(size.replaceAll(',', '')),
  ]);
});
