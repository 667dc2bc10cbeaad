import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium, type Page } from '@playwright/test';
import { type Client, collect, openClient } from '../client.ts';
import { builtEntry, makeDir, type RunningHost, removeDir, startHost } from '../hosts/browser/startHost.ts';
import { cpuMs } from './hostCpu.ts';
import { meterPage, type PageMeter } from './pageMeter.ts';

/** What a streamed token costs between two moments of an answer, per token, in ms. */
export interface TokenCost {
  readonly from: number;
  readonly to: number;
  readonly scriptMs: number;
  readonly taskMs: number;
  /** CPU of the host process; null where it cannot be read. */
  readonly hostMs: number | null;
  readonly framesPerSecond: number;
  /** Of all frames since the sample before: those between two stretches count to the later one. */
  readonly longestFrameMs: number;
}

export interface TokenCosts {
  /** In an empty chat: the first tokens and those around the 5,000th. */
  readonly early: TokenCost;
  readonly late: TokenCost;
  /** The first tokens of an answer of 10,000 in a chat of 1,000 messages, and its last ones. */
  readonly inLongChat: TokenCost;
  readonly lateInLongChat: TokenCost;
  /** From the click on a chat of 1,000 messages to its last message on the screen, in ms. */
  readonly openLongChatMs: number;
  /** From the page's address to a window that can be typed in, in ms, in a browser that runs already. */
  readonly firstScreenMs: number;
}

const everyMs = 10;

/** Streams 100 tokens/s of Markdown from a scripted engine into a real browser and reads its counters. */
export async function measureTokenCost(root: string): Promise<TokenCosts> {
  const dataDir = makeDir();
  const engine = join(root, 'test/fakes/scriptedEngine.ts');
  const app = await startHost({ entry: builtEntry, dataDir, args: ['--engine', engine] });
  const system = '/usr/bin/chromium';
  const browser = await chromium.launch({
    ...(existsSync(system) && { executablePath: system }),
    chromiumSandbox: process.getuid?.() !== 0,
  });
  try {
    const api = await openClient(app);
    const long = await fillChat(api, 'A long chat', 1000);
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const firstScreenMs = await timeFirstScreen(page, app);
    const meter = await meterPage(page);

    const begun = await say(page, `prose 5200 ${everyMs}`);
    const early = await costBetween(app, meter, begun, 50, 550);
    const late = await costBetween(app, meter, begun, 4600, 5100);
    await page.getByRole('button', { name: 'Send' }).waitFor({ timeout: 60_000 });

    const openLongChatMs = await openChat(page, 'A long chat', long.lastText);
    const again = await say(page, `prose 10200 ${everyMs}`);
    const inLongChat = await costBetween(app, meter, again, 50, 550);
    const lateInLongChat = await costBetween(app, meter, again, 9500, 10_000);
    return { early, late, inLongChat, lateInLongChat, openLongChatMs, firstScreenMs };
  } finally {
    await browser.close();
    await app.stop();
    removeDir(dataDir);
  }
}

async function fillChat(api: Client, title: string, messages: number) {
  const { id } = await api.conversations.create({ title });
  const lastText = 'You said: the end of a long chat';
  for (let turn = 0; turn < messages / 2 - 1; turn++) {
    await collect(api.chat.send({ conversationId: id, text: `prose 40` }));
  }
  await collect(api.chat.send({ conversationId: id, text: 'the end of a long chat' }));
  return { id, lastText };
}

async function timeFirstScreen(page: Page, app: RunningHost): Promise<number> {
  const started = performance.now();
  await page.goto(app.address);
  await page.getByRole('textbox', { name: 'Message' }).waitFor();
  return performance.now() - started;
}

/** Sends a message and waits for the first word of its answer; returns that moment. */
async function say(page: Page, text: string): Promise<number> {
  const box = page.getByRole('textbox', { name: 'Message' });
  const answers = page.getByRole('article', { name: 'Answer' });
  await box.fill(text);
  await box.press('Enter');
  await answers.last().getByRole('heading', { name: 'A part of it' }).first().waitFor();
  return performance.now();
}

async function openChat(page: Page, title: string, lastText: string): Promise<number> {
  const link = page.getByRole('navigation', { name: 'Chats' }).getByText(title);
  await link.waitFor();
  // Timed inside the page: what lies between test and browser does not count.
  await page.evaluate((wanted) => {
    const seen = { clicked: 0, shown: 0 };
    Object.assign(window, { inklingOpened: seen });
    window.addEventListener('pointerdown', () => (seen.clicked ||= performance.now()), true);
    const look = () => {
      if (seen.clicked && document.querySelector('main')?.textContent?.includes(wanted)) {
        requestAnimationFrame(() => (seen.shown = performance.now()));
      } else requestAnimationFrame(look);
    };
    look();
  }, lastText);
  await link.click();
  await page.waitForFunction(() => {
    const { inklingOpened } = window as unknown as { inklingOpened: { shown: number } };
    return inklingOpened.shown > 0;
  });
  return page.evaluate(() => {
    const { inklingOpened } = window as unknown as { inklingOpened: { clicked: number; shown: number } };
    return inklingOpened.shown - inklingOpened.clicked;
  });
}

/** Waits until the answer has `from` tokens, then until it has `to`, and tells the cost of one between. */
async function costBetween(
  app: RunningHost,
  meter: PageMeter,
  begun: number,
  from: number,
  to: number,
): Promise<TokenCost> {
  const reach = (token: number) => sleep(Math.max(0, begun + token * everyMs - performance.now()));
  const sample = async () => ({ ...(await meter.sample()), cpu: cpuMs(app.pid), time: performance.now() });
  await reach(from);
  const before = await sample();
  await reach(to);
  const after = await sample();
  // The engine keeps its pace over any length, so time tells how many tokens there were.
  const tokens = (after.time - before.time) / everyMs;
  const frames = after.frames - before.frames;
  return {
    from,
    to,
    scriptMs: (after.scriptMs - before.scriptMs) / tokens,
    taskMs: (after.taskMs - before.taskMs) / tokens,
    hostMs: before.cpu === null || after.cpu === null ? null : (after.cpu - before.cpu) / tokens,
    framesPerSecond: (frames / (after.time - before.time)) * 1000,
    longestFrameMs: after.longestFrameMs,
  };
}
