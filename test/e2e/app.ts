import { test as base, expect, type Page } from '@playwright/test';
import { builtEntry, makeDir, type RunningHost, removeDir, startHost } from '../hosts/browser/startHost.ts';

/** What a spec may choose with `test.use({ ... })`. */
interface AppOptions {
  /** More arguments for the host, for example `['--engine', entry]`. */
  readonly appArgs: readonly string[];
  /** A data folder made by the spec, which then also removes it; a fresh one for each test otherwise. */
  readonly appDataDir: string | undefined;
  /** The page may report errors on its console; otherwise any of them fails the test. */
  readonly pageErrorsAllowed: boolean;
}

/** How one start differs from the spec's usual one. */
export interface StartOptions {
  readonly dataDir?: string;
  readonly args?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** Another built host than `dist/browser.mjs`. */
  readonly entry?: string;
  /** A command that runs it. */
  readonly wrap?: readonly string[];
}

interface AppFixtures extends AppOptions {
  /** Starts the built app (again) on a data folder; whatever still runs at the end of the test is killed. */
  readonly startApp: (options?: StartOptions) => Promise<RunningHost>;
  /** The built app, running. */
  readonly app: RunningHost;
  /** The app's page, opened at its address. */
  readonly window: Page;
}

/** Playwright's `test` with the built app in it. */
export const test = base.extend<AppFixtures>({
  appArgs: [[], { option: true }],
  appDataDir: [undefined, { option: true }],
  pageErrorsAllowed: [false, { option: true }],

  startApp: async ({ appArgs, appDataDir }, use) => {
    const running: RunningHost[] = [];
    const made: string[] = [];
    await use(async (options = {}) => {
      let dataDir = options.dataDir ?? appDataDir;
      if (dataDir === undefined) {
        dataDir = makeDir();
        made.push(dataDir);
      }
      const app = await startHost({ entry: builtEntry, args: appArgs, ...options, dataDir });
      running.push(app);
      return app;
    });
    await Promise.all(running.map((app) => app.stop('SIGKILL')));
    for (const dir of made) removeDir(dir);
  },

  app: async ({ startApp }, use) => {
    await use(await startApp());
  },

  window: async ({ app, page, pageErrorsAllowed }, use) => {
    const problems = watchProblems(page);
    await page.goto(app.address);
    await use(page);
    if (!pageErrorsAllowed) expect(problems, 'errors on the page').toEqual([]);
  },
});

export { expect };

/** Collects what the page complains about: uncaught errors, and errors on its console (blocked content is among them). */
export function watchProblems(page: Page): string[] {
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  return problems;
}
