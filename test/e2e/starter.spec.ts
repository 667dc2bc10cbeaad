import { starterModels } from '../hosts/browser/startHost.ts';
import { expect, test } from './app.ts';

test('the built-in starter answers before anything is downloaded', async ({ startApp, page }) => {
  const app = await startApp({ env: { INKLING_BUILTIN_MODELS: starterModels } });
  await page.goto(app.address);
  await expect(page.getByText('Starter (built in) will answer')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Discover models' })).toBeVisible();

  await page.getByRole('button', { name: 'What can you do?' }).click();
  await page.getByRole('textbox', { name: 'Message' }).press('Enter');
  await expect(page.getByRole('article', { name: 'Answer' })).toContainText('how Inkling works');
  await expect(page.getByText('tokens/s')).toBeVisible();

  await page.getByRole('textbox', { name: 'Message' }).fill('Where is my data?');
  await page.getByRole('textbox', { name: 'Message' }).press('Enter');
  await expect(page.getByRole('article', { name: 'Answer' }).last()).toContainText('inkling.sqlite');
});
