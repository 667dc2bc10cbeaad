import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { type FakeHub, openHub } from '../fakes/hub/openHub.ts';
import { testModel } from '../hosts/browser/startHost.ts';
import { test as base, expect } from './app.ts';
import { place, shot, toasts } from './page.ts';

const repo = 'someone/Tiny-Gated-GGUF';
const good = 'hf_theGoodOneForThisTest0123456789wxyz';
const bad = 'hf_aWrongOneForThisTest00123456789qrst';

/** The app beside a hub that gives one model to whoever brings the good token. */
const test = base.extend<{ readonly hub: FakeHub }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants to see what a fixture needs
  hub: async ({}, use) => {
    const hub = await openHub();
    hub.put(repo, 'Tiny-Gated-Q4_K_M.gguf', readFileSync(testModel));
    const gated = hub.repos.repo(repo);
    gated.gated = 'manual';
    hub.onHub = (request, response) => {
      const { authorization } = request.headers;
      const known = authorization === `Bearer ${good}`;
      gated.gated = known && request.url?.includes('/resolve/') ? false : 'manual';
      if (authorization !== undefined && !known) {
        response.writeHead(401).end('{"error":"Invalid credentials in Authorization header"}');
        return true;
      }
      if (request.url !== '/api/whoami-v2') return false;
      response.writeHead(200).end(JSON.stringify({ type: 'user', name: 'ada' }));
      return true;
    };
    await use(hub);
    await hub.close();
  },
  app: async ({ startApp, hub }, use) => {
    await use(await startApp({ env: { INKLING_HUB_URL: hub.url } }));
  },
});

const section = (page: Page) => page.getByRole('region', { name: 'Access token for gated models' });
const field = (page: Page) => section(page).getByLabel('Access token', { exact: true });
const row = (page: Page) =>
  page
    .getByRole('list', { name: 'Found models' })
    .getByRole('listitem')
    .filter({ hasText: 'Tiny-Gated' })
    .first();

async function openGated(page: Page): Promise<void> {
  await place(page, 'Models').click();
  await page.getByRole('tab', { name: 'Discover' }).click();
  await page.getByRole('textbox', { name: 'Search the hub' }).fill('gated');
  await row(page).getByRole('button').first().click();
}

test('a gated model leads to the access token; set, checked and used, it is never shown again', async ({
  window,
  hub,
  app,
}) => {
  await openGated(window);
  await expect(row(window).getByRole('button', { name: /^Download/ })).toHaveCount(0);
  await shot(window, 'token-gated');
  await row(window).getByRole('button', { name: 'Access token…' }).click();
  await expect(section(window)).toBeInViewport();
  await expect(field(window)).toHaveAttribute('type', 'password');
  await shot(window, 'token-none');

  await section(window).getByRole('button', { name: 'Where to make one…' }).click();
  await expect(window.getByRole('dialog', { name: 'Open this link?' })).toContainText(
    `${hub.url}/settings/tokens`,
  );
  await window.keyboard.press('Escape');

  await test.step('one that the hub refuses says so', async () => {
    await field(window).fill(bad);
    await field(window).press('Enter');
    await expect(section(window).getByRole('alert')).toContainText('does not accept this access token');
    await expect(section(window)).toContainText('Refused by the hub');
    await shot(window, 'token-refused');
  });

  await test.step('a good one is accepted', async () => {
    await section(window).getByRole('button', { name: 'Replace' }).click();
    await field(window).fill(good);
    await section(window).getByRole('button', { name: 'Save and check' }).click();
    await expect(section(window)).toContainText('for the account ada');
    await expect(section(window)).toContainText('ends in …wxyz');
    await expect(field(window)).toHaveCount(0);
    await shot(window, 'token-set');
    expect(await window.content()).not.toContain(good.slice(0, 12));
    const file = join(app.dataDir, 'hub-token.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  await test.step('the gated model can be fetched, and the bytes come without the token', async () => {
    await openGated(window);
    await row(window)
      .getByRole('button', { name: /^Download: / })
      .click();
    await expect(toasts(window)).toContainText('every byte is verified', { timeout: 20_000 });
    const withToken = hub.seen.filter(({ headers }) => headers.authorization === `Bearer ${good}`);
    expect(withToken.length).toBeGreaterThan(0);
    expect(withToken.every(({ server, url }) => server === 'hub' && !url.includes('search='))).toBe(true);
  });

  await test.step('what was fetched says that it is as published; deleted, it can be fetched again', async () => {
    await window.getByRole('tab', { name: 'Installed' }).click();
    const card = window
      .getByRole('list', { name: 'Installed models' })
      .getByRole('listitem')
      .filter({ hasText: 'Tiny-Gated-Q4_K_M.gguf' });
    await expect(card).toContainText('every byte is as the hub published it');
    await shot(window, 'token-fetched');
    await card.getByRole('button', { name: /^Options for/ }).click();
    await window.getByRole('menuitem', { name: 'Delete…' }).click();
    await window.getByRole('dialog').getByRole('button', { name: 'Delete 2.1 MB' }).click();
    await expect(card).toHaveCount(0);
    await window.getByRole('tab', { name: 'Discover' }).click();
    await row(window).getByRole('button').first().click();
    await expect(row(window).getByRole('button', { name: /^Download: / })).toBeVisible();
  });

  await test.step('removed, it is gone from the disk, and nothing wrote it anywhere', async () => {
    await window.goto(`${new URL(window.url()).origin}/#/settings/access`);
    await section(window).getByRole('button', { name: 'Remove' }).click();
    await expect(field(window)).toBeVisible();
    expect(statSync(join(app.dataDir, 'hub-token.json'), { throwIfNoEntry: false })).toBeUndefined();
    expect(app.stderr() + app.stdout()).not.toContain('hf_');
  });
});

test('a token that is no longer accepted says so where it stands in the way', async ({ window, hub }) => {
  hub.put('someone/Tiny-Open-GGUF', 'Tiny-Open-Q4_K_M.gguf', readFileSync(testModel));
  await window.goto(`${new URL(window.url()).origin}/#/settings/access`);
  await field(window).fill(bad);
  await field(window).press('Enter');
  await expect(section(window).getByRole('alert')).toBeVisible();
  await place(window, 'Models').click();
  await window.getByRole('tab', { name: 'Discover' }).click();
  await window.getByRole('textbox', { name: 'Search the hub' }).fill('open');
  const open = window
    .getByRole('list', { name: 'Found models' })
    .getByRole('listitem')
    .filter({ hasText: 'Tiny-Open' })
    .first();
  await open.getByRole('button').first().click();
  await expect(open.getByRole('alert')).toContainText('does not accept your access token');
  await shot(window, 'token-in-the-way');
  await open.getByRole('button', { name: 'Access token…' }).click();
  await expect(section(window)).toBeInViewport();
});
