import { expect, test } from './app.ts';

test('the app opens, greets nobody remote and keeps its token out of the address', async ({
  window,
  app,
}) => {
  const remote: string[] = [];
  window.on('request', (request) => {
    if (!request.url().startsWith(app.url)) remote.push(request.url());
  });
  await expect(window).toHaveTitle(/Inkling/);
  await expect(window.getByRole('textbox').first()).toBeVisible();
  expect(window.url()).toBe(`${app.url}/`);

  await window.reload();
  await expect(window.getByRole('textbox').first()).toBeVisible();
  expect(remote).toEqual([]);
});

test('a page without the key says what to do instead of an empty window', async ({ page, app }) => {
  const response = await page.goto(app.url);
  expect(response?.status()).toBe(401);
  await expect(page.getByText('Open the full address that Inkling printed')).toBeVisible();
});
