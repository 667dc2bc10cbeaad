import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expect } from './app.ts';

/** For `test.use`: the app with an engine that does what the prompt says. */
export const scripted = { appArgs: ['--engine', join(import.meta.dirname, '../fakes/scriptedEngine.ts')] };

export const composer = (page: Page): Locator => page.getByRole('textbox', { name: 'Message' });
export const send = (page: Page): Locator => page.getByRole('button', { name: 'Send' });
export const stop = (page: Page): Locator => page.getByRole('button', { name: 'Stop', exact: true });
export const questions = (page: Page): Locator => page.getByRole('article', { name: 'You said' });
/** Answers; a long one is several articles, of which the last holds its end. */
export const answers = (page: Page): Locator => page.getByRole('article', { name: /^Answer/ });
export const lastAnswer = (page: Page): Locator => answers(page).last();
/** The words of the newest answer, without its figures and buttons. */
export const lastText = (page: Page): Locator => lastAnswer(page).locator('.reading');
/** What a chat does in its own way. */
export const ownPanel = (page: Page): Locator =>
  page.getByRole('complementary', { name: 'Settings of this chat' });
export const openOwnPanel = (page: Page): Promise<void> =>
  page.getByRole('button', { name: /^Settings of this chat/ }).click();
export const chatList = (page: Page): Locator => page.getByRole('navigation', { name: 'Chats' });
/** The box under the newest answer that says what went wrong, with the buttons that help. */
export const trouble = (page: Page): Locator => lastAnswer(page).locator('.trouble');
/** A chat in the sidebar. */
export const chatNamed = (page: Page, name: string | RegExp): Locator =>
  chatList(page).locator('.chat-open').filter({ hasText: name });
export const picker = (page: Page): Locator => page.getByRole('button', { name: /^Model:/ });
export const place = (page: Page, name: 'Notes' | 'Models' | 'Settings'): Locator =>
  page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name });
export const palette = (page: Page): Locator => page.getByRole('dialog', { name: 'Search everything' });
/** Opens the palette once the window is there: a key that comes before is nobody's. */
export async function openPalette(page: Page): Promise<void> {
  await place(page, 'Settings').waitFor();
  await page.keyboard.press('Control+K');
  await expect(palette(page).getByRole('combobox')).toBeFocused();
}
export const toasts = (page: Page): Locator => page.getByRole('region', { name: 'Notifications' });

/** Types words and sends them by Enter. */
export async function say(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  await composer(page).press('Enter');
}

/** Says something and waits for the end of its answer. */
export async function ask(page: Page, text: string, timeout?: number): Promise<void> {
  await say(page, text);
  await ended(page, timeout);
}

/** Waits until the shown chat is not answering. */
export async function ended(page: Page, timeout = 30_000): Promise<void> {
  await expect(page.getByRole('region', { name: 'Messages' })).toBeVisible();
  await expect(send(page)).toBeVisible({ timeout });
  await expect(page.locator('.answer-foot, .trouble').last()).toBeVisible({ timeout });
}

/** The numbers that the scripted `words` streams: "0 1 2 ... ". */
export const numbers = (count: number): string => Array.from({ length: count }, (_, n) => `${n} `).join('');

/** Keeps a picture of a state for whoever wants to look at it: where INKLING_SHOTS names a folder. */
export async function shot(page: Page, name: string): Promise<void> {
  const folder = process.env['INKLING_SHOTS'];
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
