import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { canCutNetwork, devicesOf, needsOwnNetwork, withoutNetwork } from '../hosts/browser/ownNetwork.ts';
import { makeDir, removeDir, starterModels } from '../hosts/browser/startHost.ts';
import { plantNotes } from '../notes/plantedNotes.ts';
import { watchProblems } from './app.ts';
import { expect, index, indexed, saved, test, text } from './notesFolder.ts';
import { ask, lastText, place, shot } from './page.ts';

const env = { INKLING_BUILTIN_MODELS: starterModels };
const question = 'What is the password of the router?';
const { notes } = plantNotes({ notes: 993, questions: 1 });

test.beforeEach(({ folder }) => {
  for (const [path, words] of notes) folder.write(`Planted/${path}`, words);
  // With the six of the cabin these are 1,000.
  folder.write(
    'Home/Network.md',
    '# Network\n\n## Passwords\n\nThe password of the router is blue-otter-17.\n',
  );
});

/** Everything a person does with a new folder: choose, watch, ask, look up, change, and ask again. */
async function walk(page: Page, folder: string): Promise<void> {
  await place(page, 'Notes').click();
  await page.getByRole('button', { name: 'Choose a folder…' }).click();
  await page.getByRole('textbox', { name: 'Path of the folder' }).fill(folder);
  const seen = await watchIndex(page);
  await page.getByRole('button', { name: 'Use this folder' }).click();
  await indexed(page);
  await expect(index(page)).toContainText('1,000 notes');
  expect(await seen()).toMatch(/Reading notes\d+ of 1,000 notes/);

  await page.keyboard.press('Control+Shift+O');
  await page.getByRole('button', { name: 'Notes', exact: true, pressed: false }).click();
  await ask(page, question, 60_000);
  await expect(lastText(page)).toContainText('blue-otter-17');
  await shot(page, 'thousand-notes-answer');
  await lastText(page)
    .getByRole('button', { name: /^Source \d: Home\/Network/ })
    .first()
    .click();
  await expect(page.getByRole('heading', { name: 'Home / Network.md' })).toBeVisible();
  const passage = page.locator('.cm-passage').filter({ hasText: 'blue-otter-17' });
  await expect(passage).toBeInViewport();
  await shot(page, 'thousand-notes-passage');

  await passage.click();
  await page.keyboard.press('End');
  await page.keyboard.press('Shift+Home');
  await page.keyboard.type('The password of the router is green-heron-42.');
  await expect(saved(page)).toHaveText('saved');
  await expect(text(page)).not.toContainText('blue-otter-17');
  expect(readFileSync(join(folder, 'Home/Network.md'), 'utf8')).toBe(
    '# Network\n\n## Passwords\n\nThe password of the router is green-heron-42.\n',
  );

  await page.goBack();
  await expect(lastText(page)).toContainText('blue-otter-17');
  await ask(page, question, 60_000);
  await expect(lastText(page)).toContainText('green-heron-42');
  await expect(lastText(page)).not.toContainText('blue-otter-17');
}

/** Collects what the line of the index says from now on: a thousand notes are read in a second or two. */
async function watchIndex(page: Page): Promise<() => Promise<string>> {
  const said = await page.evaluateHandle(() => {
    const lines: string[] = [];
    const note = () => {
      const line = document.querySelector('[aria-label="Index of the notes"]')?.textContent ?? '';
      if (line !== lines.at(-1)) lines.push(line);
    };
    new MutationObserver(note).observe(document.body, {
      subtree: true,
      childList: true,
      characterData: true,
    });
    return lines;
  });
  return async () => (await said.jsonValue()).join('\n');
}

test('a folder of 1,000 notes is chosen and read; the answer cites it, and changes with the note', async ({
  startApp,
  page,
  folder,
}) => {
  const problems = watchProblems(page);
  const app = await startApp({ env });
  await page.goto(app.address);
  await walk(page, folder.path);
  expect(problems).toEqual([]);
});

test('all of it works on a machine that has no network at all', async ({ startApp, folder }) => {
  test.skip(!canCutNetwork(), needsOwnNetwork);
  const app = await startApp({ env, wrap: withoutNetwork });
  expect(devicesOf(app.pid)).toEqual(['lo']);
  const dir = makeDir();
  try {
    const browser = await chromium.launch({
      executablePath: cutBrowser(dir, app.pid),
      chromiumSandbox: false,
    });
    try {
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
      const problems = watchProblems(page);
      await page.goto(app.address);
      await walk(page, folder.path);
      expect(problems).toEqual([]);
    } finally {
      await browser.close();
    }
  } finally {
    removeDir(dir);
  }
});

/** A command that starts the browser in the network of a process; Playwright talks to it through pipes. */
function cutBrowser(dir: string, pid: number): string {
  const system = '/usr/bin/chromium';
  const browser = existsSync(system) ? system : chromium.executablePath();
  const path = join(dir, 'browser.sh');
  writeFileSync(path, `#!/bin/sh\nexec nsenter -t ${pid} -n '${browser}' "$@"\n`);
  chmodSync(path, 0o700);
  return path;
}
