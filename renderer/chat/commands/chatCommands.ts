import type { LucideIcon } from 'lucide-react';
import { Box, Plus, Settings } from 'lucide-react';
import { chooseModel, newChat } from '../../app/actions.ts';
import type { Stores } from '../../app/stores.tsx';
import { isChatModel } from '../../stores/library.ts';
import { factsOf } from '../modelState.ts';
import { compareCommand } from './compareCommand.ts';
import { continueLast } from './continueLast.ts';
import { exportCommand } from './exportCommand.ts';
import { answerAgain } from './lastAnswer.ts';
import { notesCommand } from './notesCommand.ts';
import { chatOwnSettings, usePreset } from './presetCommands.ts';

/** What a command works on: the chat that is shown, null for one not started. */
export interface CommandTarget {
  readonly stores: Stores;
  readonly chat: string | null;
}

/** One of the things that a command can be given, like a model. */
export interface CommandChoice {
  readonly label: string;
  readonly facts?: string;
  run(): void;
}

/** Something that `/name` in the composer does. */
export interface ChatCommand {
  /** Small letters, without the slash. */
  readonly name: string;
  readonly label: string;
  readonly icon: LucideIcon;
  /** Whether it can be done now; always, if missing. */
  when?(target: CommandTarget): boolean;
  run?(target: CommandTarget): void;
  /** What it asks for next, instead of `run`; narrowed by what is typed after the name. */
  choices?(target: CommandTarget): readonly CommandChoice[];
}

/** All of them, in the order shown. To add one, write it in a file of its own and name it here. */
export const chatCommands: readonly ChatCommand[] = [
  { name: 'new', label: 'New chat', icon: Plus, run: ({ stores }) => newChat(stores) },
  {
    name: 'model',
    label: 'Answer with another model',
    icon: Box,
    choices: ({ stores }) =>
      (stores.library.getState().library?.models ?? []).filter(isChatModel).map((model) => ({
        label: model.name,
        facts: factsOf(model),
        run: () => void chooseModel(stores, model.id),
      })),
  },
  usePreset,
  answerAgain,
  continueLast,
  compareCommand,
  notesCommand,
  chatOwnSettings,
  exportCommand,
  {
    name: 'settings',
    label: 'How answers are made',
    icon: Settings,
    run: ({ stores }) => stores.route.getState().go({ screen: 'settings', section: 'answers' }),
  },
];
