import { createStore } from 'zustand/vanilla';
import type { ListedPreset } from '../../electron/contract/presets.ts';
import type { Connection } from '../platform/connection.ts';

/** The presets, those that came with Inkling first; null until they arrived. */
export interface PresetsStore {
  readonly presets: readonly ListedPreset[] | null;
}

/** Makes the cache of the presets. */
export function createPresetsStore({ follow }: Connection) {
  const store = createStore<PresetsStore>(() => ({ presets: null }));
  follow(
    (api) => api.presets.watch(null),
    ({ presets }) => store.setState({ presets }),
  );
  return store;
}
