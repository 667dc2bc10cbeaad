import type { Page } from '@playwright/test';
import { expect, test } from './app.ts';
import { ask, composer, palette, picker, place, scripted } from './page.ts';

// Hints stay no longer than they should, also where nothing moves.
test.use({ ...scripted, contextOptions: { reducedMotion: 'reduce' } });

const paletteInput = (page: Page) => palette(page).getByRole('combobox');
const sidebar = (page: Page) => page.getByRole('complementary', { name: 'Sidebar' });

/** Presses Tab once round the window; tells what had the focus, and what of it showed no sign of it. */
async function tabRound(page: Page): Promise<{ reached: string[]; unseen: string[] }> {
  const reached: string[] = [];
  const unseen: string[] = [];
  let rounds = 0;
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  for (let press = 0; press < 120; press++) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      if (!(element instanceof HTMLElement) || element === document.body) return null;
      const look = () => {
        let all = '';
        for (let at: HTMLElement | null = element, up = 0; at && up < 3; at = at.parentElement, up++) {
          const { outline, borderColor, boxShadow } = getComputedStyle(at);
          all += `${outline} ${borderColor} ${boxShadow};`;
        }
        return all;
      };
      const name = element.getAttribute('aria-label') ?? element.textContent?.trim() ?? '';
      const withFocus = look();
      const box = element.getBoundingClientRect();
      const first = element.dataset['seen'] === undefined;
      element.dataset['seen'] = '';
      element.blur();
      const visible = look() !== withFocus && box.width > 0 && box.right > 0 && box.left < innerWidth;
      element.focus();
      return { name, visible, first };
    });
    // After the last one the focus leaves the page, and comes back at its beginning.
    if (focused === null) {
      if (rounds++ > 1) break;
      continue;
    }
    if (!focused.first) break;
    reached.push(focused.name);
    if (!focused.visible) unseen.push(focused.name);
  }
  await page.evaluate(() => {
    for (const element of document.querySelectorAll<HTMLElement>('[data-seen]'))
      delete element.dataset['seen'];
  });
  return { reached, unseen };
}

test('Tab reaches everything on each screen, and what has the focus shows it', async ({ window }) => {
  const link = Buffer.from('See [the page](https://example.org/).\n\n```ts\nconst a = 1;\n```\n').toString(
    'base64',
  );
  await ask(window, `think a while\nmd ${link}`);
  // It counts a moment after the answer, and has its place between buttons.
  await expect(window.getByRole('button', { name: /tokens of the window used$/ })).toBeVisible();
  const chat = await tabRound(window);
  expect(chat.unseen).toEqual([]);
  for (const name of [
    'Hide sidebar',
    /^New chat/,
    /^Search everything/,
    'think a while',
    'Options for think a while',
    'Notes',
    'Models',
    'Settings',
    'Offline',
    'Rename “think a while”',
    'Options for this chat',
    /^Model: /,
    'Copy message',
    /^Thought/,
    'the page',
    'Copy code',
    /^Figures/,
    'Copy answer as Markdown',
    'Try again',
    'Message',
    /tokens of the window used$/,
  ])
    expect
      .soft(chat.reached, String(name))
      .toContainEqual(name instanceof RegExp ? expect.stringMatching(name) : name);

  await place(window, 'Models').click();
  await expect(window.getByRole('list', { name: 'Installed models' })).toBeVisible();
  const models = await tabRound(window);
  expect(models.unseen).toEqual([]);
  for (const name of [
    'Installed 1',
    'Add file or folder…',
    'Options for Random words (test model)',
    'Look again',
  ])
    expect.soft(models.reached).toContain(name);
  await window.getByRole('tab', { name: 'Installed' }).focus();
  await window.keyboard.press('ArrowRight');
  await expect(window.getByRole('tab', { name: 'Discover' })).toHaveAttribute('aria-selected', 'true');

  await place(window, 'Settings').click();
  await expect(window.getByRole('heading', { name: 'About' })).toBeAttached();
  const settings = await tabRound(window);
  expect(settings.unseen).toEqual([]);
  for (const name of ['Data', 'Like the system', 'Back up now', 'Show folder', 'Copy versions'])
    expect.soft(settings.reached).toContain(name);
});

test('commands of the palette and shortcuts do what they say, and put the focus where it is needed', async ({
  window,
}) => {
  const keys = window.keyboard;
  await expect(composer(window)).toBeVisible();
  await test.step('commands', async () => {
    const command = async (words: string, label: string) => {
      await keys.press('Control+k');
      await expect(paletteInput(window)).toBeFocused();
      await keys.type(words);
      await expect(palette(window).getByRole('option', { name: label })).toBeVisible();
      await expect(palette(window).getByRole('option')).toHaveCount(1);
      await keys.press('Enter');
      await expect(palette(window)).toHaveCount(0);
    };
    await command('dark theme', 'Switch to the dark theme');
    await expect(window.locator('html')).toHaveAttribute('data-theme', 'dark');
    await command('to models', 'Go to models');
    await expect(window.getByRole('tab', { name: 'Installed' })).toBeVisible();
    await command('hide the side', 'Show or hide the sidebar');
    await expect(sidebar(window)).toHaveCount(0);
    await command('a model file', 'Add a model file or folder');
    await expect(window.getByRole('textbox', { name: 'Path of a file or folder' })).toBeFocused();
    await keys.press('Escape');
    await command('new chat', 'New chat');
    await expect(composer(window)).toBeFocused();
  });
  await test.step('shortcuts', async () => {
    await keys.press('Control+b');
    await expect(sidebar(window)).toBeVisible();
    await keys.press('Control+,');
    await expect(window.getByRole('heading', { name: 'Settings' })).toBeVisible();
    await keys.press('Control+Shift+O');
    await expect(composer(window)).toBeFocused();
    await window.goBack();
    await expect(window.getByRole('heading', { name: 'Settings' })).toBeVisible();
  });
});

test('a dialog gives the focus back to a link, to the picker that led to it, and to a button', async ({
  window,
}) => {
  const keys = window.keyboard;
  await ask(window, `md ${Buffer.from('[the page](https://example.org/)').toString('base64')}`);
  const link = window.getByRole('link', { name: 'the page' });
  await link.focus();
  await keys.press('Enter');
  await expect(window.getByRole('dialog', { name: 'Open this link?' })).toBeVisible();
  await keys.press('Escape');
  await expect(link).toBeFocused();

  await picker(window).focus();
  await keys.press('Enter');
  await expect(window.getByRole('dialog', { name: 'Models' })).toBeVisible();
  await keys.press('Escape');
  await expect(picker(window)).toBeFocused();
  await keys.press('Enter');
  await window.getByRole('button', { name: 'Add file or folder…' }).focus();
  await keys.press('Enter');
  await expect(window.getByRole('textbox', { name: 'Path of a file or folder' })).toBeFocused();
  await keys.press('Escape');
  await expect(window.getByRole('dialog')).toHaveCount(0);
  await expect(picker(window)).toBeFocused();

  await place(window, 'Models').click();
  const add = window.getByRole('button', { name: 'Add file or folder…' });
  await add.focus();
  await keys.press('Enter');
  await expect(window.getByRole('textbox', { name: 'Path of a file or folder' })).toBeFocused();
  await keys.press('Escape');
  await expect(add).toBeFocused();
});
