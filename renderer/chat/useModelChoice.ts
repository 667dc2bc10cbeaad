import type { LibrarySnapshot, Model } from '../../electron/contract/library.ts';
import type { Stores } from '../app/stores.tsx';
import { useStore } from '../app/stores.tsx';
import { loadedModelId } from '../stores/engine.ts';
import { findModel, isChatModel } from '../stores/library.ts';
import { ownModel, ownOf, shownChat, useOwn } from './own/useOwn.ts';

/** Who answers next: a model; nobody, as there is no model or the chosen one is `gone` or `broken`; or not known yet. */
export type ModelChoice =
  | { readonly kind: 'model'; readonly model: Model }
  | { readonly kind: 'none' | 'gone' | 'broken' | 'unknown'; readonly model: null };

/**
 * Who will give the next answer in the shown chat: the chat's own model, else the chosen one. A chosen model is never replaced by another in silence; where none was chosen it is
 * the loaded one, else the first of the list, which begins with what came with the app.
 */
export function useModelChoice(): ModelChoice {
  const library = useStore('library', (state) => state.library);
  const usual = useStore('settings', (state) => state.settings?.modelId ?? null);
  const shown = useStore('route', ({ route }) => (route.screen === 'chat' ? route.id : null));
  const chosen = ownModel(useOwn(shown)) ?? usual;
  const loaded = useStore('engine', (state) => loadedModelId(state.engine));
  return pick(library, chosen, loaded);
}

/** The id to ask for, once; null leaves it to the app. One that is gone is asked for, too: the answer then says so. */
export function modelChoice(stores: Stores): string | null {
  const { library, settings, engine } = stores;
  const shown = shownChat(stores);
  const own = shown === null ? null : ownModel(ownOf(stores, shown));
  const chosen = own ?? settings.getState().settings?.modelId ?? null;
  return (
    chosen ??
    pick(library.getState().library, null, loadedModelId(engine.getState().engine)).model?.id ??
    null
  );
}

/** Where nobody chose a model, the loaded one counts: one that answers once must not become that. */
export function keepChoice(stores: Stores): void {
  const modelId = modelChoice(stores);
  const { settings, set } = stores.settings.getState();
  const shown = shownChat(stores);
  const own = shown !== null && ownModel(ownOf(stores, shown)) !== null;
  if (modelId !== null && settings?.modelId === null && !own) void set({ modelId });
}

function pick(library: LibrarySnapshot | null, chosen: string | null, loaded: string | null): ModelChoice {
  const nobody = (kind: 'none' | 'gone') =>
    ({ kind: library && !library.scanning ? kind : 'unknown', model: null }) as const;
  if (chosen !== null) {
    const model = findModel(library, chosen);
    if (!model) return nobody('gone');
    return model.state === 'invalid' ? { kind: 'broken', model: null } : { kind: 'model', model };
  }
  const usable = library?.models.filter(isChatModel) ?? [];
  const model = usable.find(({ id }) => id === loaded) ?? usable[0];
  return model ? { kind: 'model', model } : nobody('none');
}
