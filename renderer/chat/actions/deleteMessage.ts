import { Trash2 } from 'lucide-react';
import { focusComposer } from '../../app/actions.ts';
import type { MessageAction, MessageTarget } from './messageActions.ts';

/** Takes a message with all below it out of the chat; a toast offers to undo it while that is possible. */
async function remove({ stores, threadId, message }: MessageTarget): Promise<void> {
  const { threads, toasts } = stores;
  const undoUntil = await threads.getState().removeMessage(threadId, message.id);
  focusComposer();
  const what = message.role === 'user' ? 'message' : 'answer';
  toasts.getState().show(`Deleted the ${what} with all below it.`, {
    ms: Math.max(2000, Math.min(10_000, undoUntil - Date.now())),
    action: {
      label: 'Undo',
      run: () => threads.getState().restoreMessage(threadId, message.id).catch(stores.fail),
    },
  });
}

/** Deletes a message with all below it. */
export const deleteMessage: MessageAction = {
  label: 'Delete from here',
  icon: Trash2,
  danger: true,
  when: ({ message, running }) => message.id !== '' && !running && message.state !== 'streaming',
  run: (target) => void remove(target).catch(target.stores.fail),
};
