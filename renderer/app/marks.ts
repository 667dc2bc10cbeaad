import type { Conversation } from '../../electron/contract/conversations.ts';
import type { Marks } from '../stores/chats.ts';
import { shorten } from './actions.ts';
import type { Stores } from './stores.tsx';

/** Pins a chat to the top of the list, or lets it go; a toast offers to undo it. */
export function pinChat(stores: Stores, { id, title, pinned }: Conversation): Promise<void> {
  const words = pinned ? `Unpinned “${shorten(title)}”.` : `Pinned “${shorten(title)}”.`;
  return markChat(stores, id, { pinned: !pinned }, { pinned }, words);
}

/** Puts a chat out of the list, or back; a toast offers to undo it. */
export function archiveChat(stores: Stores, { id, title, archived }: Conversation): Promise<void> {
  const words = archived
    ? `“${shorten(title)}” is back in the list.`
    : `Archived “${shorten(title)}”. Search still finds it.`;
  return markChat(stores, id, { archived: !archived }, { archived }, words);
}

/** Gives a chat other tags; a toast offers to undo it. */
export function changeTags(
  stores: Stores,
  { id, title, tags }: Conversation,
  next: readonly string[],
): Promise<void> {
  const words = next.length === 0 ? `“${shorten(title)}” has no tags now.` : `Tagged “${shorten(title)}”.`;
  return markChat(stores, id, { tags: [...next] }, { tags: [...tags] }, words);
}

/** Opens the dialog for the tags of a chat. */
export function tagChat({ ui }: Stores, { id }: Conversation): void {
  ui.getState().show({ kind: 'tags', id });
}

async function markChat(stores: Stores, id: string, next: Marks, before: Marks, words: string) {
  const { mark } = stores.chats.getState();
  try {
    await mark(id, next);
    stores.toasts.getState().show(words, {
      action: { label: 'Undo', run: () => void mark(id, before).catch(stores.fail) },
    });
  } catch (error) {
    stores.fail(error);
  }
}
