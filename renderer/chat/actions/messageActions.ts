import type { LucideIcon } from 'lucide-react';
import type { Message } from '../../../electron/contract/conversations.ts';
import type { Stores } from '../../app/stores.tsx';
import type { MenuEntry } from '../../ui/Menu.tsx';
import { answerThis } from './answerThis.ts';
import { answerWithAnother } from './answerWithAnother.ts';
import { compareAnswers } from './compareAnswers.ts';
import { copyPlain } from './copyPlain.ts';
import { deleteMessage } from './deleteMessage.ts';
import { editMessage } from './editMessage.ts';
import { forkChat } from './forkChat.ts';
import { keepMessage } from './keepMessage.ts';
import { rateBad, rateGood } from './rateAnswer.ts';
import { readAloud, stopReading } from './readAloud.ts';
import { showConfidence } from './showConfidence.ts';

/** A message, and where it is shown. */
export interface MessageTarget {
  readonly stores: Stores;
  readonly threadId: string;
  /** The key of its line. */
  readonly line: string;
  readonly message: Message;
  /** This window is making an answer in the chat. */
  readonly running: boolean;
}

/** Something that can be done with a message, offered in the menu at its foot. */
export interface MessageAction {
  readonly label: string;
  readonly icon: LucideIcon;
  readonly danger?: boolean;
  /** Whether it makes sense for this message now. */
  when(target: MessageTarget): boolean;
  run?(target: MessageTarget): void;
  /** A list that opens beside it, instead of `run`. */
  choices?(target: MessageTarget): readonly MenuEntry[];
}

/** All of them, in the order shown. To add one, write it in a file of its own and name it here. */
const messageActions: readonly MessageAction[] = [
  editMessage,
  answerThis,
  answerWithAnother,
  copyPlain,
  readAloud,
  stopReading,
  forkChat,
  ...keepMessage,
  showConfidence,
  compareAnswers,
  rateGood,
  rateBad,
  deleteMessage,
];

/** The menu of a message, as it is now. */
export const entriesFor = (target: MessageTarget): readonly MenuEntry[] =>
  messageActions
    .filter((action) => action.when(target))
    .map(({ label, icon, danger = false, run, choices }) => ({
      label,
      icon,
      danger,
      ...(choices ? { entries: choices(target) } : { onSelect: () => run?.(target) }),
    }));
