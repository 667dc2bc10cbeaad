import type { CDPSession, Page } from '@playwright/test';

/** What the window has spent until now. */
export interface PageSample {
  /** Time on the main thread in scripts, and in everything (layout, style and paint included), in ms. */
  readonly scriptMs: number;
  readonly taskMs: number;
  readonly frames: number;
  /** Longest time between two frames since the last sample, in ms. */
  readonly longestFrameMs: number;
}

/** Reads Chromium's own counters of a page. */
export interface PageMeter {
  sample(): Promise<PageSample>;
}

/** Starts counting: frames by requestAnimationFrame, time by the DevTools protocol. */
export async function meterPage(page: Page): Promise<PageMeter> {
  const session: CDPSession = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  await page.evaluate(() => {
    const meter = { frames: 0, longest: 0, last: performance.now() };
    Object.assign(window, { inklingMeter: meter });
    const tick = (now: number) => {
      meter.frames++;
      meter.longest = Math.max(meter.longest, now - meter.last);
      meter.last = now;
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
  return {
    async sample() {
      const { metrics } = await session.send('Performance.getMetrics');
      const ms = (name: string) => (metrics.find((metric) => metric.name === name)?.value ?? 0) * 1000;
      const { frames, longest } = await page.evaluate(() => {
        const { inklingMeter } = window as unknown as { inklingMeter: { frames: number; longest: number } };
        const { frames, longest } = inklingMeter;
        inklingMeter.longest = 0;
        return { frames, longest };
      });
      return { scriptMs: ms('ScriptDuration'), taskMs: ms('TaskDuration'), frames, longestFrameMs: longest };
    },
  };
}
