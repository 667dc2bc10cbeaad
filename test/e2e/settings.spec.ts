import type { Page } from '@playwright/test';
import { expect, test } from './app.ts';
import { ask, lastText, place, scripted } from './page.ts';

test.use(scripted);

const sidebar = (page: Page) => page.getByRole('complementary', { name: 'Sidebar' });

test('theme, settings and the hidden sidebar outlive a reload and a restart', async ({
  app,
  startApp,
  page,
}) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto(app.address);
  await place(page, 'Settings').click();
  await page.getByRole('radio', { name: 'Dark' }).click();
  await page.getByRole('textbox', { name: 'Instructions for every chat' }).fill('Answer in metric units.');
  const variety = page.getByRole('textbox', { name: /^Variety/ });
  await variety.fill('9');
  await variety.press('Enter');
  await expect(page.getByText('Please write a number from 0 to 5.')).toBeVisible();
  await variety.fill('0,3');
  await variety.press('Enter');
  await expect(variety).toHaveValue('0.3');
  await page.getByRole('combobox', { name: 'Context window' }).selectOption('2,048 tokens');
  await page.keyboard.press('Control+b');
  await expect(sidebar(page)).toHaveCount(0);

  const expectKept = async () => {
    await expect(page.getByRole('radio', { name: 'Dark' })).toBeChecked();
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await expect(page.getByRole('textbox', { name: 'Instructions for every chat' })).toHaveValue(
      'Answer in metric units.',
    );
    await expect(variety).toHaveValue('0.3');
    await expect(page.getByRole('combobox', { name: 'Context window' })).toHaveValue('2048');
    await expect(sidebar(page)).toHaveCount(0);
  };
  await page.reload();
  await expectKept();
  await app.stop();
  const again = await startApp({ dataDir: app.dataDir });
  await page.goto(`${again.address}#/settings/general`);
  await expectKept();
  await page.goto(`${again.url}/#/`);
  await ask(page, 'echo');
  await expect(lastText(page)).toContainText('Answer in metric units.');
});

test('the names at the top lead to their part of the settings, and tell which part is read', async ({
  window,
}) => {
  await place(window, 'Settings').click();
  const tab = (name: string) =>
    window.getByRole('navigation', { name: 'Sections of the settings' }).getByRole('button', { name });
  await expect(tab('General')).toHaveAttribute('aria-current', 'true');
  await tab('Privacy').click();
  await expect(window.getByRole('heading', { name: 'Privacy', exact: true })).toBeInViewport();
  await expect(tab('Privacy')).toHaveAttribute('aria-current', 'true');
  await window.getByRole('heading', { name: 'Privacy', exact: true }).hover();
  await window.mouse.wheel(0, -20_000);
  await expect(tab('General')).toHaveAttribute('aria-current', 'true');
  await expect(tab('Privacy')).not.toHaveAttribute('aria-current', 'true');
});
