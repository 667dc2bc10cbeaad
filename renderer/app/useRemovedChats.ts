import { useEffect } from 'react';
import { newChat, shorten } from './actions.ts';
import { useStores } from './stores.tsx';

const undoMs = 9000;

/** Leaves a chat that was deleted in another window, and offers to bring it back. */
export function useRemovedChats(): void {
  const stores = useStores();
  useEffect(
    () =>
      stores.chats.subscribe(({ removedElsewhere: chat }, before) => {
        if (chat === null || chat === before.removedElsewhere) return;
        const { route } = stores.route.getState();
        if (route.screen !== 'chat' || route.id !== chat.id) return;
        const undo = async () => {
          await stores.chats.getState().restore(chat.id);
          stores.route.getState().go({ screen: 'chat', id: chat.id });
        };
        newChat(stores);
        stores.toasts.getState().show(`“${shorten(chat.title)}” was deleted in another window.`, {
          ms: undoMs,
          action: { label: 'Undo', run: () => void undo().catch(stores.fail) },
        });
      }),
    [stores],
  );
}
