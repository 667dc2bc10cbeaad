import { nativeTheme } from 'electron';
import type { AppService } from '../../contract/index.ts';

/** Gives the window's frame and the system's dialogs the theme of the settings, now and after each change. */
export async function followTheme(settings: AppService['settings']): Promise<void> {
  const { signal } = new AbortController();
  for await (const { theme } of settings.watch(null, { signal })) nativeTheme.themeSource = theme;
}
