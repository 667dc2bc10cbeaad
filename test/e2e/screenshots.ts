import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { collect, openClient } from '../client.ts';
import {
  builtEntry,
  makeDir,
  type RunningHost,
  removeDir,
  starterModels,
  startHost,
} from '../hosts/browser/startHost.ts';

/* `npm run screenshots`: the pictures in docs/images, of the built app with the model that comes with it. */
const images = join(import.meta.dirname, '../../docs/images');
const questions = [
  'How do I stop an answer?',
  'Does anything leave my computer?',
  'Which shortcuts are there?',
  'How can I switch the model?',
  'Where is my data?',
];

async function seed(app: RunningHost): Promise<void> {
  const api = await openClient(app);
  for (const text of questions) {
    const { id: conversationId } = await api.conversations.create({ title: text });
    await collect(api.chat.send({ conversationId, text, sampling: { temperature: 0, maxTokens: 120 } }));
  }
  api.close();
}

async function take(browser: Browser, app: RunningHost, theme: 'light' | 'dark'): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, colorScheme: theme });
  const page = await context.newPage();
  const shoot = (name: string) => page.screenshot({ path: join(images, `${name}-${theme}.png`) });
  await page.goto(app.address);
  await chat(page);
  await shoot('chat');
  for (const place of ['Models', 'Settings']) {
    await page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: place }).click();
    await page.waitForTimeout(400);
    await shoot(place.toLowerCase());
  }
  await context.close();
}

async function chat(page: Page): Promise<void> {
  const chats = page.getByRole('navigation', { name: 'Chats' });
  await chats.getByText(questions.at(-1) ?? '').click();
  const box = page.getByRole('textbox', { name: 'Message' });
  await box.fill('What can you do?');
  await box.press('Enter');
  await page.getByRole('button', { name: 'Send' }).waitFor();
  await page.waitForTimeout(800);
}

const system = '/usr/bin/chromium';
const dataDir = makeDir();
const env = { INKLING_BUILTIN_MODELS: starterModels };
const app = await startHost({ entry: builtEntry, dataDir, env });
const browser = await chromium.launch({
  ...(existsSync(system) && { executablePath: system }),
  chromiumSandbox: process.getuid?.() !== 0,
});
try {
  mkdirSync(images, { recursive: true });
  await seed(app);
  for (const theme of ['light', 'dark'] as const) await take(browser, app, theme);
  console.error(`The pictures lie in ${images}.`);
} finally {
  await browser.close();
  await app.stop();
  removeDir(dataDir);
}
