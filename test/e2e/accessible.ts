import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './app.ts';
import { shot } from './page.ts';

const sizes = [
  { width: 1280, height: 800 },
  { width: 900, height: 600 },
];

/**
 * Expects nothing that axe calls serious or critical, by day and by night; the page is light again then. `area` names the
 * pictures, in both sizes of the window unless `asIs`.
 */
export async function expectAccessible(
  page: Page,
  area: string,
  state: string,
  { asIs = false } = {},
): Promise<void> {
  const usual = page.viewportSize();
  for (const colorScheme of ['dark', 'light'] as const) {
    // A colour in the middle of a transition is nobody's choice.
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
    // The page has no frames that axe would have to join in a page of its own.
    const axe = new AxeBuilder({ page }).setLegacyMode(true);
    // Only colours differ by night.
    if (colorScheme === 'dark') axe.withRules('color-contrast');
    const { violations } = await axe.analyze();
    const grave = violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(
        ({ id, nodes }) =>
          `${id}: ${nodes.map(({ html, failureSummary }) => `${html}\n${failureSummary}`).join('\n')}`,
      );
    expect.soft(grave, `${state}, ${colorScheme}`).toEqual([]);
    const name = `${area}-${state.replaceAll(' ', '-')}-${colorScheme}`;
    if (asIs) await shot(page, name);
    else if (process.env['INKLING_SHOTS'])
      for (const size of sizes) {
        await page.setViewportSize(size);
        await shot(page, `${name}-${size.width}`);
      }
    if (usual) await page.setViewportSize(usual);
  }
}
