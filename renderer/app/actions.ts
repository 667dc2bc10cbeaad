import type { LoadSettings } from '../../electron/contract/load.ts';
import { ownModel, ownOf, shownChat } from '../chat/own/useOwn.ts';
import { loadedModelId, retryOf } from '../stores/engine.ts';
import { errorText } from '../stores/errorText.ts';
import type { Stores } from './stores.tsx';

/** Shows an empty chat and puts the cursor into the composer. */
export function newChat({ route, ui }: Stores): void {
  route.getState().go({ screen: 'chat', id: null });
  ui.getState().setDrawer(false);
  focusComposer();
}

/** Shows a chat, at one of its messages where one is named; the chat's other branch, if it lies there. */
export function openMessage(stores: Stores, id: string, messageId: string | null): void {
  stores.route.getState().go({ screen: 'chat', id });
  if (messageId === null) return;
  stores.threads
    .getState()
    .reach(id, messageId)
    .then((key) => key && stores.ui.getState().point(key))
    .catch(stores.fail);
}

/** Asks in which format, and where, to write a chat. */
export function exportChat({ ui }: Stores, id: string): void {
  ui.getState().show({ kind: 'export', wish: { what: 'chat', id, format: 'markdown' } });
}

/** Puts the cursor into the composer, once it is there. */
export function focusComposer(): void {
  requestAnimationFrame(() => document.getElementById('composer')?.focus());
}

/** Deletes a chat; a toast offers to undo it while that is possible. */
export async function removeChat(stores: Stores, id: string): Promise<void> {
  const { chats, route, toasts } = stores;
  const title = chats.getState().byId.get(id)?.title ?? 'the chat';
  stores.threads.getState().stop(id);
  try {
    const undoUntil = await chats.getState().remove(id);
    const shown = route.getState().route;
    const wasShown = shown.screen === 'chat' && shown.id === id;
    if (wasShown) route.getState().go({ screen: 'chat', id: null });
    const restore = async () => {
      await chats.getState().restore(id);
      if (wasShown) route.getState().go({ screen: 'chat', id });
    };
    toasts.getState().show(`Deleted “${shorten(title)}”.`, {
      ms: Math.max(2000, Math.min(10_000, undoUntil - Date.now())),
      action: { label: 'Undo', run: () => void restore().catch(stores.fail) },
    });
  } catch (error) {
    stores.fail(error);
  }
}

/**
 * Loads a model and chooses it for the chats. While another one answers, that stays chosen until the new one is ready;
 * what goes wrong until then changes nothing. A failure offers the next sensible try. Answers whether it is loaded.
 */
export async function chooseModel(
  stores: Stores,
  modelId: string,
  force = false,
  trial?: LoadSettings,
): Promise<boolean> {
  const { settings, engine, toasts } = stores;
  const chat = shownChat(stores);
  const own = chat === null ? null : ownModel(ownOf(stores, chat));
  const before = own ?? settings.getState().settings?.modelId ?? null;
  const inUse = loadedModelId(engine.getState().engine);
  // A chat with a model of its own keeps to having one.
  const choose = (id: string | null) =>
    void (own !== null && chat !== null
      ? stores.chatSettings.getState().set(chat, { modelId: id })
      : settings.getState().set({ modelId: id }));
  const keepsOld = inUse !== null && inUse !== modelId;
  if (!keepsOld) choose(modelId);
  let replacing = false;
  const onReplacing = () => {
    if (!keepsOld) return;
    replacing = true;
    choose(modelId);
  };
  try {
    const loaded = await engine
      .getState()
      .load(modelId, { force, onReplacing, ...(trial && { settings: trial }) });
    if (loaded && keepsOld) choose(modelId);
    if (!loaded && replacing) choose(before);
    return loaded;
  } catch (error) {
    if (replacing) choose(before);
    const retry = retryOf(engine.getState().engine, modelId);
    toasts.getState().show(errorText(error), {
      tone: 'bad',
      ms: 10_000,
      ...(retry && {
        action: {
          label: retry.label,
          run: () => void chooseModel(stores, modelId, force, retry.settings),
        },
      }),
    });
    return false;
  }
}

/** Shows or hides the sidebar, beside the screen or over it. */
export function toggleSidebar({ settings, ui }: Stores, narrow: boolean): void {
  if (narrow) {
    ui.getState().setDrawer(!ui.getState().drawer);
    return;
  }
  const open = settings.getState().settings?.sidebarOpen ?? true;
  void settings.getState().set({ sidebarOpen: !open });
}

/** Copies words; says so, or says why not. */
export async function copyText(stores: Stores, text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    if (copyBySelection(text)) return true;
    stores.toasts
      .getState()
      .show('The system did not allow copying. Select the text and copy it by hand.', { tone: 'bad' });
    return false;
  }
}

// Where the clipboard is not permitted to scripts, a selection can still be copied.
function copyBySelection(text: string): boolean {
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'hidden-text';
  document.body.append(field);
  const before = document.activeElement;
  field.select();
  const copied = document.execCommand('copy');
  field.remove();
  if (before instanceof HTMLElement) before.focus();
  return copied;
}

/** Cuts a long name for a sentence. */
export const shorten = (text: string, length = 40): string =>
  text.length > length ? `${text.slice(0, length - 1).trimEnd()}…` : text;
