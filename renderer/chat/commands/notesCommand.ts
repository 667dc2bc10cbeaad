import { NotebookText } from 'lucide-react';
import { toggleNotes } from '../sources/toggleNotes.ts';
import type { ChatCommand } from './chatCommands.ts';

/** `/notes`: answers from notes, or no longer. */
export const notesCommand: ChatCommand = {
  name: 'notes',
  label: 'Answer from notes, on or off',
  icon: NotebookText,
  run: ({ stores, chat }) => toggleNotes(stores, chat),
};
