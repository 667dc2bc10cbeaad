import type { z } from 'zod';
import { createStore } from 'zustand/vanilla';
import type { Settings, settingsPatch } from '../../electron/contract/settings.ts';
import type { Connection } from '../platform/connection.ts';

export type SettingsPatch = z.output<typeof settingsPatch>;

/** The settings as the app holds them; null until they arrived. `set` shows the change at once and saves it. */
export interface SettingsStore {
  readonly settings: Settings | null;
  set(patch: SettingsPatch): Promise<void>;
}

/** Makes the cache of the settings. `onTheme` is told of the theme, now and after each change. */
export function createSettingsStore(
  { api, follow }: Connection,
  onTheme: (theme: Settings['theme']) => void,
  onError: (error: unknown) => void,
) {
  const store = createStore<SettingsStore>((setState, getState) => ({
    settings: null,
    async set(patch) {
      const before = getState().settings;
      const { sampling, ...rest } = patch;
      if (before) {
        setState({ settings: { ...before, ...rest, sampling: { ...before.sampling, ...sampling } } });
      }
      try {
        setState({ settings: await api.settings.set(patch) });
      } catch (error) {
        setState({ settings: before });
        onError(error);
      }
    },
  }));
  store.subscribe(({ settings }, before) => {
    if (settings && settings.theme !== before.settings?.theme) onTheme(settings.theme);
  });
  follow(
    (api) => api.settings.watch(null),
    (settings) => store.setState({ settings }),
  );
  return store;
}
