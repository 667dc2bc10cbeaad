import { Pencil } from 'lucide-react';
import type { Stores } from '../../app/stores.tsx';
import { lastLine } from '../commands/lastAnswer.ts';
import type { MessageAction } from './messageActions.ts';

/** Changes what the person said, as another version beside it. */
export const editMessage: MessageAction = {
  label: 'Edit',
  icon: Pencil,
  when: ({ message, running }) => message.role === 'user' && message.id !== '' && !running,
  run: ({ stores, line, message }) => stores.editing.getState().begin(line, message.text),
};

/** Edits the newest message of the person; false where there is none, or it is being answered. */
export function editLast(stores: Stores, chat: string): boolean {
  const last = lastLine({ stores, chat }, 'user');
  if (!last) return false;
  stores.editing.getState().begin(last.key, last.message.text);
  stores.ui.getState().point(last.key);
  return true;
}
