import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
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
const cabin: Readonly<Record<string, string>> = {
  'Cabin/Power.md': [
    '# Power',
    'Loads and sums are in [[Loads]]. #cabin #winter',
    '## Decision',
    'We take the 100 Ah LiFePO4. It fits under the bench and\nneeds no ventilation. Price at Nordvolt 389 €.',
    '## Later',
    '- heating pad, when we know the January lows\n- second panel on the south wall\n- ask Ines about the charge controller',
  ].join('\n\n'),
  'Cabin/Loads.md': '# Loads\n\n38 Ah a day in January, mostly the fridge. See [[Power]].\n',
  'Cabin/Shed.md': '# Shed\n\nThe code of the shed is K7-449.\n\nThe key hangs in the kitchen.\n',
  'Shopping/Nordvolt.md':
    '# Nordvolt\n\nLiFePO4 100 Ah, with heating 60 € more.\n\nMarta Velden is the contact at Nordvolt.\n',
  'Diary/2026-02-11.md': '# 2026-02-11\n\nFroze again, −14 by the door. Power was fine.\n',
  'Ideas.md': '# Ideas\n\n- a boat\n- a bench by the south wall\n',
};
const questions = [
  'How do I stop an answer?',
  'Does anything leave my computer?',
  'Which shortcuts are there?',
  'How can I switch the model?',
  'Where is my data?',
];

async function seed(app: RunningHost): Promise<void> {
  const api = await openClient(app);
  const names = Object.keys(cabin).length;
  await api.notes.addFolder({ path: notesDir });
  for await (const { index } of api.notes.watch(null))
    if (index.phase === 'ready' && index.notes === names) break;
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
  await askNotes(page);
  await shoot('ask');
  await page.getByRole('button', { name: /^Source 1: / }).click();
  await page.keyboard.press('Control+o');
  await page.getByRole('dialog', { name: 'Open a note' }).getByRole('combobox').fill('power');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Cabin / Power.md' }).waitFor();
  await page.waitForTimeout(800);
  await shoot('notes');
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

async function askNotes(page: Page): Promise<void> {
  await page.keyboard.press('Control+Shift+O');
  await page.getByRole('button', { name: 'Notes', exact: true, pressed: false }).click();
  const box = page.getByRole('textbox', { name: 'Message' });
  await box.fill('What is the code of the shed?');
  await box.press('Enter');
  await page.getByRole('button', { name: /^Source 1: / }).waitFor();
  await page.getByRole('button', { name: 'Send' }).waitFor();
  await page.waitForTimeout(800);
}

const system = '/usr/bin/chromium';
const dataDir = makeDir();
const notesDir = join(makeDir(), 'Notes');
const env = { INKLING_BUILTIN_MODELS: starterModels };
const app = await startHost({ entry: builtEntry, dataDir, env });
const browser = await chromium.launch({
  ...(existsSync(system) && { executablePath: system }),
  chromiumSandbox: process.getuid?.() !== 0,
});
try {
  mkdirSync(images, { recursive: true });
  for (const [name, text] of Object.entries(cabin)) {
    mkdirSync(dirname(join(notesDir, name)), { recursive: true });
    writeFileSync(join(notesDir, name), text);
  }
  await seed(app);
  for (const theme of ['light', 'dark'] as const) await take(browser, app, theme);
  console.error(`The pictures lie in ${images}.`);
} finally {
  await browser.close();
  await app.stop();
  removeDir(dataDir);
  removeDir(dirname(notesDir));
}
