import { FileOutput } from 'lucide-react';
import { exportChat } from '../../app/actions.ts';
import type { ChatCommand } from './chatCommands.ts';

/** `/export`: the chat as a file. */
export const exportCommand: ChatCommand = {
  name: 'export',
  label: 'Export this chat',
  icon: FileOutput,
  when: ({ chat }) => chat !== null,
  run({ stores, chat }) {
    if (chat !== null) exportChat(stores, chat);
  },
};
