import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { defineConfig } from '@playwright/test';

const asRoot = process.getuid?.() === 0;
const chromium = '/usr/bin/chromium';

/** End-to-end tests of the built app: `browser` everywhere, `electron` wherever its binary is. */
export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results/e2e',
  // Most of a test is waiting; each has an app, a data folder and a port of its own.
  workers: Math.min(2, availableParallelism()),
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: Boolean(process.env['CI']),
  // A shared machine can starve a browser for a minute; what needed a second try is named at the end.
  retries: process.env['CI'] ? 1 : 0,
  reporter: [['list'], ['json', { outputFile: 'test-results/playwright.json' }]],
  use: {
    // Recording every test costs a fifth of the time.
    trace: process.env['CI'] ? 'on-first-retry' : 'retain-on-failure',
    screenshot: 'only-on-failure',
    actionTimeout: 15_000,
    viewport: { width: 1280, height: 800 },
  },
  projects: [
    {
      name: 'browser',
      testIgnore: '**/electron/**',
      use: {
        browserName: 'chromium',
        launchOptions: {
          chromiumSandbox: !asRoot,
          ...(existsSync(chromium) && { executablePath: chromium }),
        },
      },
    },
    { name: 'electron', testDir: 'test/e2e/electron' },
  ],
});
