import type { Page } from '@playwright/test';
import { openClient } from '../client.ts';
import { starterModels } from '../hosts/browser/startHost.ts';
import { expect, test } from './app.ts';
import {
  ask,
  chatNamed,
  composer,
  lastAnswer,
  lastText,
  place,
  say,
  scripted,
  shot,
  stop,
  toasts,
} from './page.ts';

const starter = { env: { INKLING_BUILTIN_MODELS: starterModels } };
const story =
  'We walked along the river until the light was gone and nobody knew the way back to the house. ';

/** What the figures under the newest answer say: tokens of the prompt, and how many of them were read before. */
async function read(page: Page): Promise<{ prompt: number; before: number }> {
  await lastAnswer(page)
    .getByRole('button', { name: /^Figures:/ })
    .click();
  const figures = page.getByRole('dialog', { name: 'Figures' });
  const tokens = async (label: string) => {
    const text = (await figures.getByText(label, { exact: true }).locator('..').textContent()) ?? '';
    return Number(/([\d,]+) tokens/.exec(text)?.[1]?.replaceAll(',', ''));
  };
  const found = { prompt: await tokens('Prompt'), before: await tokens('Already read before') };
  await shot(page, 'figures');
  await page.keyboard.press('Escape');
  return found;
}

/** Counts how often reading ahead of a stored chat came to its end. */
function followReadAhead(page: Page) {
  const asked = new Set<number>();
  let finished = 0;
  page.on('websocket', (socket) => {
    socket.on('framesent', ({ payload }) => {
      const frame = JSON.parse(String(payload));
      if (frame.path === 'chat.prepare' && frame.input.conversationId !== null) asked.add(frame.id);
    });
    socket.on('framereceived', ({ payload }) => {
      const frame = JSON.parse(String(payload));
      if (frame.type === 'end' && asked.has(frame.id)) finished++;
    });
  });
  return { finished: () => finished };
}

test('a chat is not read again: not after another one, and not after a restart', async ({
  startApp,
  page,
}) => {
  const app = await startApp(starter);
  const client = await openClient(app);
  await client.settings.set({ sampling: { maxTokens: 12 } });
  client.close();
  await page.goto(app.address);
  await ask(page, `First: ${story.repeat(3)}`);
  const first = await read(page);
  expect(first.before).toBe(0);
  await page.getByRole('button', { name: 'New chat' }).click();
  await ask(page, `Second: ${story.repeat(3)}`);
  const second = await read(page);

  await chatNamed(page, 'First').click();
  await ask(page, 'Go on.');
  expect((await read(page)).before).toBeGreaterThanOrEqual(first.prompt - 1);
  await chatNamed(page, 'Second').click();
  await ask(page, 'Go on.');
  expect((await read(page)).before).toBeGreaterThanOrEqual(second.prompt - 1);

  await app.stop();
  const again = await startApp({ ...starter, dataDir: app.dataDir });
  await page.goto(again.address);
  for (const { name, before } of [
    { name: 'First', before: first.prompt },
    { name: 'Second', before: second.prompt },
  ]) {
    await chatNamed(page, name).click();
    await ask(page, 'And then?');
    const now = await read(page);
    expect(now.before).toBeGreaterThanOrEqual(before - 1);
    expect(now.prompt).toBeGreaterThan(now.before);
  }

  await place(page, 'Settings').click();
  await page.getByRole('button', { name: 'Data', exact: true }).click();
  await expect(page.getByText(/B kept of what models have read/)).toBeVisible();
  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  await expect(toasts(page)).toContainText('Cleared.');
  await expect(page.getByText('Nothing is kept now.')).toBeVisible();
});

test.describe('with a scripted engine', () => {
  test.use(scripted);

  test('what is certain is read while the words are still being written', async ({ app, page }) => {
    const ahead = followReadAhead(page);
    await page.goto(app.address);
    await ask(page, 'say a first answer');
    await expect.poll(ahead.finished).toBe(1);
    await composer(page).pressSequentially('ah');
    await expect.poll(ahead.finished).toBe(2);
    await composer(page).pressSequentially('ead');
    await composer(page).press('Enter');
    await expect(lastText(page)).toContainText('"say a first answer"');
    await expect(lastText(page)).toContainText('"a first answer ');
    await expect(lastText(page)).not.toContainText('ahead');
  });

  test('a long prompt says how far it is read, and how long that will take', async ({ window }) => {
    await say(window, 'prefill 190000');
    await expect(window.getByText(/Reading the prompt · [\d,]+ of 190,000 tokens/)).toBeVisible();
    await expect(window.getByText(/^\d+ min left$/)).toBeVisible();
    await shot(window, 'reading');
    await stop(window).click();
  });

  test('the room for it is chosen in the settings, and outlives a restart', async ({
    page,
    app,
    startApp,
  }) => {
    await page.goto(app.address);
    await place(page, 'Settings').click();
    const room = page.getByRole('combobox', { name: 'Room for it on this disk' });
    await expect(room).toHaveValue('2000000000');
    await room.selectOption('Up to 5 GB');
    await expect(page.getByText('Nothing is kept now.')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Clear', exact: true })).toBeDisabled();
    await room.scrollIntoViewIfNeeded();
    await shot(page, 'settings');
    await app.stop();
    const again = await startApp({ dataDir: app.dataDir });
    await page.goto(`${again.address}#/settings/data`);
    await expect(room).toHaveValue('5000000000');
  });
});
