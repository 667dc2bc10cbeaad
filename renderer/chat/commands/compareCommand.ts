import { Columns2 } from 'lucide-react';
import { compareDraft } from '../../compare/openCompare.ts';
import type { ChatCommand } from './chatCommands.ts';

/** `/compare`: two answers to the next message. */
export const compareCommand: ChatCommand = {
  name: 'compare',
  label: 'Compare two answers',
  icon: Columns2,
  run: ({ stores, chat }) => compareDraft(stores, chat),
};
