import type { Model } from '../../electron/contract/library.ts';
import type { Stores } from '../app/stores.tsx';
import { useStore } from '../app/stores.tsx';
import { loadedModelId } from '../stores/engine.ts';
import { findModel } from '../stores/library.ts';

/** The model that the next answer will use; null lets the app say what is missing. */
export function useModelChoice(): Model | null {
  const library = useStore('library', (state) => state.library);
  const chosen = useStore('settings', (state) => state.settings?.modelId ?? null);
  const loaded = useStore('engine', (state) => loadedModelId(state.engine));
  return pick(library, chosen, loaded);
}

/** The same, asked once. */
export function modelChoice({ library, settings, engine }: Stores): string | null {
  const chosen = settings.getState().settings?.modelId ?? null;
  return pick(library.getState().library, chosen, loadedModelId(engine.getState().engine))?.id ?? null;
}

function pick(
  library: Parameters<typeof findModel>[0],
  chosen: string | null,
  loaded: string | null,
): Model | null {
  const usable = (id: string | null) => {
    const model = findModel(library, id);
    return model?.state === 'ok' ? model : null;
  };
  return usable(chosen) ?? usable(loaded) ?? library?.models.find((model) => model.state === 'ok') ?? null;
}
