import type { Download } from '../../electron/contract/downloads.ts';
import type { Model } from '../../electron/contract/library.ts';
import { chooseModel, newChat } from '../app/actions.ts';
import type { Stores } from '../app/stores.tsx';

/** Chooses a model that is here and opens a chat with it; the chat shows how far it is loaded. */
export function openChatWith(stores: Stores, modelId: string): void {
  newChat(stores);
  void chooseModel(stores, modelId);
}

/** The same for a model that was just fetched; the library is asked to look for it if it did not notice yet. */
export async function runDownloaded(stores: Stores, download: Download): Promise<void> {
  const { library, toasts, fail } = stores;
  const find = () => findInstalled(library.getState().library?.models ?? [], download);
  try {
    if (!find()) await library.getState().rescan();
    const model = find();
    if (model?.state === 'invalid') {
      toasts.getState().show(`This file cannot be used. ${model.reason}`, { tone: 'bad', ms: 10_000 });
    } else if (model) {
      openChatWith(stores, model.id);
    } else {
      toasts
        .getState()
        .show('The file is here, but the list of models does not show it yet. Look in Installed.');
    }
  } catch (error) {
    fail(error);
  }
}

/** The model in the library that a ready download made; null if it is not (or no longer) there. */
export function findInstalled(models: readonly Model[], { path }: Pick<Download, 'path'>): Model | null {
  return (path !== null && models.find((model) => model.path === path)) || null;
}

/** A model of the library that is this file of the hub, also if it came another way: by its place, or by name and size. */
export function findFile(
  models: readonly Model[],
  wanted: { readonly repo: string; readonly file: string; readonly size: number | null },
): Model | null {
  const place = `/${wanted.repo}/${wanted.file}`;
  const name = wanted.file.split('/').at(-1);
  return (
    models.find(({ path }) => path.replaceAll('\\', '/').endsWith(place)) ??
    models.find(({ fileName, size }) => fileName === name && size === wanted.size) ??
    null
  );
}
