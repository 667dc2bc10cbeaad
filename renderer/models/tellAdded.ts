import type { Model } from '../../electron/contract/library.ts';
import { shorten } from '../app/actions.ts';
import type { Stores } from '../app/stores.tsx';
import { loadedModelId } from '../stores/engine.ts';
import { findModel } from '../stores/library.ts';
import { plural } from '../ui/format.ts';
import { openChatWith } from './runDownloaded.ts';

/** Says what was added since `before`; while nothing but the model that came with the app answers, offers to use it. */
export function tellAdded(stores: Stores, before: readonly Model[]): void {
  const { library, toasts } = stores;
  const known = new Set(before.map(({ id }) => id));
  const added = library.getState().library?.models.filter(({ id }) => !known.has(id)) ?? [];
  const usable = added.filter(({ state }) => state === 'ok');
  const [first] = usable;
  if (!first) {
    toasts
      .getState()
      .show(
        added.length > 0
          ? `Added, but ${added.length === 1 ? 'it cannot' : 'none of them can'} be used: the list says why.`
          : 'Added. There is no model in it that the list did not have.',
      );
    return;
  }
  const what = usable.length === 1 ? `“${shorten(first.name)}” is` : `${plural(usable.length, 'model')} are`;
  const words = `${what} in the list. Nothing was copied.`;
  const action = { label: 'Use it now', run: () => openChatWith(stores, first.id) };
  const offer = usable.length === 1 && onlyBuiltinAnswers(stores);
  toasts.getState().show(words, offer ? { ms: 12_000, action } : {});
}

function onlyBuiltinAnswers({ library, settings, engine }: Stores): boolean {
  const snapshot = library.getState().library;
  const id = settings.getState().settings?.modelId ?? loadedModelId(engine.getState().engine);
  const current = findModel(snapshot, id);
  return current === null || current.source === 'builtin';
}
