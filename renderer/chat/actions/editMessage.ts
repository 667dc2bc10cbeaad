import { Pencil } from 'lucide-react';
import type { MessageAction } from './messageActions.ts';

/** Changes what the person said, as another version beside it. */
export const editMessage: MessageAction = {
  label: 'Edit',
  icon: Pencil,
  when: ({ message, running }) => message.role === 'user' && message.id !== '' && !running,
  run: ({ stores, line, message }) => stores.editing.getState().begin(line, message.text),
};
