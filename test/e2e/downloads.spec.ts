import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { type FakeHub, openHub } from '../fakes/hub/openHub.ts';
import { testModel } from '../hosts/browser/startHost.ts';
import { test as base, expect } from './app.ts';
import { ask, lastText, picker, place, shot, toasts } from './page.ts';

const bytes = readFileSync(testModel);
const repo = 'someone/Tiny-Random-GGUF';
const file = 'Tiny-Random-Q8_0.gguf';
/** Slow enough to be stopped in the middle, in bytes a second and connection. */
const slow = 100_000;

/** The same file as if of an architecture that nobody knows. */
function strange(model: Buffer): Buffer {
  const changed = Buffer.from(model);
  changed.write('weird', changed.indexOf('llama', changed.indexOf('general.architecture')));
  return changed;
}

/** The app beside a hub of its own, with one model that runs and some that do not. */
const test = base.extend<{ readonly hub: FakeHub }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants to see what a fixture needs
  hub: async ({}, use) => {
    const hub = await openHub();
    hub.put(repo, file, bytes);
    hub.put(repo, 'mmproj-F16.gguf', Buffer.alloc(1000));
    hub.repos.repo(repo).downloads = 5000;
    hub.put('someone/Tiny-Gated-GGUF', 'Tiny-Gated-Q4_K_M.gguf', bytes);
    hub.repos.repo('someone/Tiny-Gated-GGUF').gated = 'manual';
    hub.put('someone/Tiny-Strange-GGUF', 'Tiny-Strange-Q4_K_M.gguf', strange(bytes));
    // What the hub says of a model may be wrong; what counts stands in the file.
    hub.repos.repo('someone/Tiny-Strange-GGUF').gguf = { architecture: 'llama', total: 1000 };
    await use(hub);
    await hub.close();
  },
  app: async ({ startApp, hub }, use) => {
    await use(await startApp({ env: { INKLING_HUB_URL: hub.url } }));
  },
});

const searchField = (page: Page) => page.getByRole('textbox', { name: 'Search the hub' });
const found = (page: Page) => page.getByRole('list', { name: 'Found models' });
const row = (page: Page, name: string) => found(page).getByRole('listitem').filter({ hasText: name }).first();
const bar = (page: Page) => page.getByRole('progressbar', { name: /^(Downloading|Verifying) Tiny-Random/ });

async function discover(page: Page): Promise<void> {
  await place(page, 'Models').click();
  await page.getByRole('tab', { name: 'Discover' }).click();
}

/** Searches for the tiny models and opens one. */
async function openFound(page: Page, name: string): Promise<void> {
  await discover(page);
  await searchField(page).fill('tiny');
  await row(page, name).getByRole('button').first().click();
}

test('a model is found, judged, fetched with a pause and a reload in the middle, verified and used', async ({
  window,
  hub,
}) => {
  test.setTimeout(120_000);
  await test.step('the catalogue asks nothing of the network, and the list of requests says so', async () => {
    await discover(window);
    await expect(window.getByRole('list', { name: 'Catalogue' }).getByRole('listitem').first()).toBeVisible();
    await window.goto(`${new URL(window.url()).origin}/#/settings/privacy`);
    await expect(window.getByText('None since the start.')).toBeVisible();
    expect(hub.seen).toEqual([]);
  });

  await test.step('search, and see what fits', async () => {
    await openFound(window, 'Tiny-Random');
    await expect(row(window, 'Tiny-Random')).toContainText('Recommended.');
    await expect(row(window, 'Tiny-Random')).toContainText('Q8_0 · 2.1 MB');
    await expect(row(window, 'Tiny-Random')).toContainText('1 file left out');
    await row(window, 'Tiny-Random').getByRole('button', { name: 'Runs well here' }).focus();
    await expect(window.getByRole('tooltip')).not.toBeEmpty();
    await shot(window, 'downloads-details');
  });

  await test.step('download, pause', async () => {
    hub.rate = slow;
    await row(window, 'Tiny-Random')
      .getByRole('button', { name: /^Download: / })
      .click();
    await expect(bar(window)).toHaveAttribute('aria-valuenow', /^[1-9]\d?$/);
    await expect(place(window, 'Models')).toContainText('%');
    await expect(window.getByRole('button', { name: 'Downloading', exact: true })).toBeVisible();
    await shot(window, 'downloads-moving');
    await window.getByRole('button', { name: /^Pause Tiny-Random/ }).click();
    await expect(window.getByRole('button', { name: /^Resume Tiny-Random/ })).toBeVisible();
    await expect(window.getByText('paused', { exact: true })).toBeVisible();
    await expect(place(window, 'Models')).not.toContainText('%');
    await shot(window, 'downloads-paused');
  });

  await test.step('a reload keeps it, among the downloads on the way', async () => {
    await discover(window);
    await window.reload();
    await expect(window.getByRole('region', { name: 'On the way' })).toContainText('paused');
    await window.getByRole('button', { name: /^Resume Tiny-Random/ }).click();
    await expect(window.getByRole('button', { name: /^Pause Tiny-Random/ })).toBeVisible();
    await window.reload();
    await expect(bar(window)).toBeVisible();
  });

  await test.step('verified, and used in a chat', async () => {
    hub.rate = Number.POSITIVE_INFINITY;
    await expect(toasts(window)).toContainText('every byte is verified', { timeout: 30_000 });
    await openFound(window, 'Tiny-Random');
    await expect(row(window, 'Tiny-Random')).toContainText('Installed · verified');
    await shot(window, 'downloads-ready');
    await row(window, 'Tiny-Random').getByRole('button', { name: /^Use / }).click();
    await expect(picker(window)).toContainText(', loaded', { timeout: 30_000 });
    await ask(window, 'Hello');
    await expect(lastText(window)).not.toBeEmpty();
  });

  await test.step('every request is listed, and nothing of the file was fetched twice', async () => {
    await window.goto(`${new URL(window.url()).origin}/#/settings/privacy`);
    const list = window.getByRole('region', { name: 'Requests since Inkling started' });
    await expect(list.getByRole('row').filter({ hasText: '/api/models' }).first()).toContainText('200');
    await expect(list.getByRole('row').filter({ hasText: 'Download' }).first()).toBeVisible();
    await expect(list).not.toContainText('Signature');
    await shot(window, 'downloads-privacy');
    expect(hub.sent).toBeLessThan(bytes.length * 1.5);
  });
});

test('a gated model says what to do, an unknown architecture is told before the download', async ({
  window,
  hub,
}) => {
  await openFound(window, 'Tiny-Gated');
  await expect(row(window, 'Tiny-Gated')).toContainText('Asks first');
  await expect(row(window, 'Tiny-Gated').getByRole('button', { name: /^Download/ })).toHaveCount(0);
  await row(window, 'Tiny-Gated').getByRole('button', { name: 'Open the model’s page' }).click();
  await expect(window.getByRole('dialog')).toContainText(`${hub.url}/someone/Tiny-Gated-GGUF`);
  await window.keyboard.press('Escape');
  await row(window, 'Tiny-Strange').getByRole('button').first().click();
  await expect(row(window, 'Tiny-Strange')).toContainText('does not know the architecture “weird”');
  await expect(row(window, 'Tiny-Strange').getByRole('button', { name: /^Download anyway/ })).toBeVisible();
  await shot(window, 'downloads-gated');
});

test('no results and no network are said calmly, and the catalogue stays', async ({ window, hub }) => {
  await discover(window);
  const trouble = window.getByRole('alert');
  await searchField(window).fill('nothing like this');
  await expect(window.getByRole('heading', { name: /^Nothing found/ })).toBeVisible();
  await hub.close();
  await searchField(window).fill('random');
  await expect(trouble).toContainText('The hub cannot be reached');
  await shot(window, 'downloads-offline');
  await trouble.getByRole('button', { name: 'Back to the catalogue' }).click();
  await expect(window.getByRole('list', { name: 'Catalogue' }).getByRole('listitem').first()).toBeVisible();
  await expect(searchField(window)).toHaveValue('');
});

test('a pause that the hub asks for is kept, and counted down', async ({ window, hub }) => {
  await discover(window);
  hub.onHub = (_request, response) => {
    response.writeHead(429, { 'retry-after': '8' }).end();
    return true;
  };
  await searchField(window).fill('tiny');
  const trouble = window.getByRole('alert');
  await expect(trouble).toContainText('The hub asks for a pause');
  await expect(trouble.getByRole('button', { name: /^Try again in \d s/ })).toBeDisabled();
  await shot(window, 'downloads-limited');
  hub.onHub = () => false;
  await trouble.getByRole('button', { name: 'Try again', exact: true }).click({ timeout: 20_000 });
  await expect(row(window, 'Tiny-Random')).toBeVisible();
});

test('a download that cannot go on says why and goes on; one that is cancelled leaves nothing', async ({
  window,
  hub,
  app,
}) => {
  hub.onHub = (request, response) => {
    if (!request.url?.includes('/resolve/')) return false;
    response.writeHead(404, { 'x-error-code': 'EntryNotFound' }).end();
    return true;
  };
  await openFound(window, 'Tiny-Random');
  await row(window, 'Tiny-Random')
    .getByRole('button', { name: /^Download: / })
    .click();
  const again = window.getByRole('button', { name: /^(Try again: Tiny-Random|Resume Tiny-Random)/ });
  await expect(again).toBeVisible({ timeout: 30_000 });
  await expect(row(window, 'Tiny-Random').locator('.download p').first()).not.toBeEmpty();
  await shot(window, 'downloads-failed');
  hub.onHub = () => false;
  hub.rate = slow;
  await again.click();
  await expect(bar(window)).toHaveAttribute('aria-valuenow', /^[1-9]\d?$/);
  await window.getByRole('button', { name: /^Cancel Tiny-Random/ }).click();
  await expect(bar(window)).toHaveCount(0);
  await expect(row(window, 'Tiny-Random').getByRole('button', { name: /^Download: / })).toBeVisible();
  await expect
    .poll(() => readdirSync(join(app.dataDir, 'models'), { recursive: true }).map(String))
    .not.toContainEqual(expect.stringMatching(/Tiny-Random-Q8_0/));
});
