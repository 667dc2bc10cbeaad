import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { nativeTheme } from '../../fakes/electron/desktop.ts';
import { resetElectron } from '../../fakes/electron/reset.ts';
import { startDesktop, stopDesktop } from './startDesktop.ts';

afterEach(stopDesktop);

describe('the window', () => {
  it('is shown only once its first picture is ready, on paper of the theme', async () => {
    nativeTheme.systemIsDark = true;
    const { window } = await startDesktop();
    expect(window.options).toMatchObject({
      show: false,
      backgroundColor: '#13151b',
      minWidth: 640,
      minHeight: 480,
    });
    nativeTheme.systemIsDark = false;
    nativeTheme.emit('updated');
    expect(window.backgroundColor).toBe('#faf8f4');
  });

  it('has the paper of the page', () => {
    const tokens = readFileSync(join(import.meta.dirname, '../../../renderer/ui/tokens.css'), 'utf8');
    const papers = [...tokens.matchAll(/--paper:\s*(#\w+)/g)].map((match) => match[1]);
    const source = readFileSync(
      join(import.meta.dirname, '../../../electron/hosts/desktop/window.ts'),
      'utf8',
    );
    for (const paper of papers) expect(source).toContain(paper);
    expect(papers).toHaveLength(2);
  });

  it('remembers its place in the data folder and comes back there', async () => {
    const { dataDir, window } = await startDesktop();
    window.place({ x: 111, y: 222, width: 900, height: 640 });
    await expect
      .poll(() => JSON.parse(readFileSync(join(dataDir, 'window.json'), 'utf8')), { timeout: 3000 })
      .toEqual({ bounds: { x: 111, y: 222, width: 900, height: 640 }, maximized: false });
    window.maximize();
    window.close();
    resetElectron();
    await new Promise((resolve) => setTimeout(resolve, 300));
    const again = await startDesktop({ dataDir });
    expect(again.window.options).toMatchObject({ x: 111, y: 222, width: 900, height: 640 });
    expect(again.window.maximized).toBe(true);
  });

  it('stops listening to the theme when it is closed', async () => {
    const { window } = await startDesktop();
    expect(nativeTheme.listenerCount('updated')).toBe(1);
    window.close();
    expect(nativeTheme.listenerCount('updated')).toBe(0);
  });
});
