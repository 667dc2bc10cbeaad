import type { Page } from '@playwright/test';
import { expect, test } from './app.ts';
import { ask, chatNamed, composer, place, scripted, shot } from './page.ts';

test.use({ ...scripted, contextOptions: { reducedMotion: 'reduce' } });

const sidebar = (page: Page) => page.getByRole('complementary', { name: 'Sidebar' });

const expectNoSideways = async (page: Page, where: string) =>
  expect(
    await page.evaluate(() => {
      const beyond = [
        ...document.querySelectorAll('.app button, .app input, .app textarea, .app select'),
      ].filter(
        (element) => element.getBoundingClientRect().right > innerWidth + 1 && !element.closest('pre'),
      );
      return beyond.map((element) => element.outerHTML.slice(0, 120));
    }),
    `cut off on the right: ${where}`,
  ).toEqual([]);

const headings = { Models: 'Where Inkling looks', Settings: 'Answers', Notes: 'Notes' } as const;

test('small windows show everything, and the sidebar comes and goes over a narrow one', async ({
  window,
}) => {
  await ask(window, 'say hello there');
  for (const size of [
    { width: 900, height: 600 },
    { width: 700, height: 600 },
  ]) {
    await window.setViewportSize(size);
    await expect(sidebar(window)).toHaveCount(size.width > 760 ? 1 : 0);
    await expectNoSideways(window, `chat ${size.width}`);
    await shot(window, `navigation-chat-${size.width}`);
    for (const name of ['Models', 'Settings', 'Notes'] as const) {
      if (size.width <= 760) await window.keyboard.press('Control+b');
      await place(window, name).click();
      await expect(window.getByRole('heading', { name: headings[name] }).first()).toBeVisible();
      await expect(sidebar(window)).toHaveCount(size.width > 760 ? 1 : 0);
      await expectNoSideways(window, `${name} ${size.width}`);
      await shot(window, `navigation-${name}-${size.width}`);
    }
    await window.keyboard.press('Control+Shift+O');
    await expect(composer(window)).toBeInViewport();
    await shot(window, `navigation-empty-${size.width}`);
    if (size.width <= 760) await window.keyboard.press('Control+b');
    await chatNamed(window, 'say hello').click();
  }
  await test.step('Escape and a click beside it close the drawer', async () => {
    const show = window.getByRole('button', { name: 'Show sidebar' });
    await show.focus();
    await window.keyboard.press('Enter');
    await expect(window.getByRole('button', { name: /^New chat/ })).toBeFocused();
    await shot(window, 'navigation-drawer');
    await window.keyboard.press('Escape');
    await expect(sidebar(window)).toHaveCount(0);
    await expect(show).toBeFocused();
    await show.click();
    await window.mouse.click(650, 300);
    await expect(sidebar(window)).toHaveCount(0);
  });
});
