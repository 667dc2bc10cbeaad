import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeDir, removeDir } from '../hosts/browser/startHost.ts';
import { expect, test } from './app.ts';
import { ask, lastText, scripted, shot } from './page.ts';

test.use(scripted);

const address = 'https://example.org/a/rather/long/path?with=words&and=1#part';
const markdown = [
  `[trusted-bank.example](${address}) [plain](http://example.org/) [write](mailto:a@example.org)`,
  '[script](javascript:alert(1)) [file](file:///etc/passwd) [own](/healthz) [chrome](chrome://version) [data](data:text/html,x)',
].join('\n\n');

test('only http, https and mailto are links; the dialog shows the whole address before anything opens', async ({
  startApp,
  page,
  context,
}) => {
  // A system opener that writes down what it was told to open.
  const folder = makeDir();
  const opened = join(folder, 'opened');
  mkdirSync(join(folder, 'bin'));
  writeFileSync(join(folder, 'bin/xdg-open'), `#!/bin/sh\nprintf '%s\\n' "$@" >> '${opened}'\n`);
  chmodSync(join(folder, 'bin/xdg-open'), 0o755);
  const env = { PATH: `${join(folder, 'bin')}:${process.env['PATH']}`, DISPLAY: ':77' };
  const app = await startApp({ env });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(app.address);
  await ask(page, `md ${Buffer.from(markdown).toString('base64')}`);

  const links = lastText(page).getByRole('link');
  await expect(links).toHaveText(['trusted-bank.example', 'plain', 'write']);
  await expect(lastText(page)).toContainText('script file own chrome data');

  const dialog = page.getByRole('dialog', { name: 'Open this link?' });
  const link = links.first();
  await link.click();
  await expect(dialog).toContainText(address);
  await shot(page, 'link-dialog');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toHaveCount(0);

  await link.focus();
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: 'Copy address' }).click();
  await expect(dialog).toHaveCount(0);
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(address);

  // A middle click and a drag know no dialog, so they must do nothing.
  await link.click({ button: 'middle' });
  await link.click({ modifiers: ['Control'] });
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  expect(context.pages()).toHaveLength(1);
  expect(existsSync(opened)).toBe(false);

  await link.click();
  await dialog.getByRole('button', { name: 'Open link' }).click();
  await expect(dialog).toHaveCount(0);
  await expect.poll(() => existsSync(opened) && readFileSync(opened, 'utf8')).toBe(`${address}\n`);
  expect(context.pages()).toHaveLength(1);
  removeDir(folder);
});

test('where no browser can be opened, the dialog says so and the address can still be copied', async ({
  startApp,
  page,
}) => {
  const app = await startApp({ env: { DISPLAY: '', WAYLAND_DISPLAY: '' } });
  await page.goto(app.address);
  await ask(page, 'say [words](https://example.org/)');
  await lastText(page).getByRole('link').click();
  const dialog = page.getByRole('dialog', { name: 'Open this link?' });
  await dialog.getByRole('button', { name: 'Open link' }).click();
  await expect(dialog.getByRole('alert')).toContainText('No browser could be opened here');
  await expect(dialog.getByRole('button', { name: 'Copy address' })).toBeVisible();
  await shot(page, 'link-unsupported');
});
