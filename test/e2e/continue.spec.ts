import { openClient } from '../client.ts';
import { expect, test } from './app.ts';
import {
  ask,
  composer,
  ended,
  lastAnswer,
  lastText,
  numbers,
  say,
  scripted,
  shot,
  stop,
  trouble,
} from './page.ts';

test.use({ ...scripted, contextOptions: { reducedMotion: 'reduce' } });

const all = (count: number) => numbers(count).trim();

test('a stopped answer and one that was cut at the most tokens go on in the same message', async ({
  window,
  app,
}) => {
  const client = await openClient(app);
  await say(window, 'words 60 30');
  await expect(lastText(window)).toContainText('3 4');
  await stop(window).click();
  const goOn = lastAnswer(window).getByRole('button', { name: 'Continue' });
  await expect(goOn).toBeVisible();
  await shot(window, 'continue-stopped');
  await goOn.click();
  await ended(window);
  await expect(lastText(window)).toHaveText(all(60));
  await expect(goOn).toHaveCount(0);
  await expect(lastAnswer(window).getByRole('button', { name: 'Previous version' })).toHaveCount(0);

  await client.settings.set({ sampling: { maxTokens: 8 } });
  await ask(window, 'words 20');
  await expect(lastText(window)).toHaveText(all(8));
  await expect(lastAnswer(window)).toContainText('reached the most tokens');
  await shot(window, 'continue-cut');
  await composer(window).fill('/con');
  await expect(window.getByRole('option', { name: /continue/ })).toBeVisible();
  await composer(window).press('Enter');
  await expect(lastText(window)).toHaveText(all(16));
  await goOn.click();
  await expect(lastText(window)).toHaveText(all(20));
  await window.reload();
  await expect(lastText(window)).toHaveText(all(20));
  client.close();
});

test('an answer that a crash cut off goes on after a restart, from what was kept', async ({
  app,
  startApp,
  page,
}) => {
  await page.goto(app.address);
  await say(page, 'words 80 30');
  await expect(lastText(page)).toContainText('8 9');
  await app.stop('SIGKILL');
  const again = await startApp({ dataDir: app.dataDir });
  await page.goto(`${again.address}`);
  await page.getByRole('button', { name: 'words 80 30' }).first().click();
  await expect(trouble(page)).toContainText('Inkling was closed while this was being written');
  await shot(page, 'continue-interrupted');
  await trouble(page).getByRole('button', { name: 'Continue' }).click();
  await ended(page);
  await expect(lastText(page)).toHaveText(all(80));
});
