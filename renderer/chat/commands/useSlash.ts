import { type KeyboardEvent, useState } from 'react';
import { useStore, useStores } from '../../app/stores.tsx';
import { type ComposerOption, listField, listKey } from '../ComposerList.tsx';
import { type ChatCommand, type CommandChoice, chatCommands } from './chatCommands.ts';

/** What is offered while a command is typed at the start of the composer. */
export interface Slash {
  readonly label: string;
  readonly options: readonly ComposerOption[];
  readonly marked: number;
  choose(index: number): void;
  /** True if the key was meant for the list. */
  onKey(event: KeyboardEvent): boolean;
  readonly field: Record<string, string | boolean>;
}

interface Offered {
  readonly label: string;
  readonly commands?: readonly ChatCommand[];
  /** Missing where none is asked for. */
  readonly choices?: readonly CommandChoice[];
  /** What was typed to narrow them. */
  readonly words?: string;
}

/** Follows what is typed after a `/`; choosing runs the command and empties the field, or asks for what it needs. */
export function useSlash(chat: string | null, text: string, setText: (text: string) => void): Slash {
  const stores = useStores();
  const [at, setAt] = useState({ text: '', marked: 0, closed: false });
  const here = at.text === text ? at : { text, marked: 0, closed: at.closed && text.startsWith(at.text) };
  const target = { stores, chat };
  // What can be chosen may arrive while it is asked for.
  useStore('presets', ({ presets }) => presets);
  useStore('library', ({ library }) => library);

  const offered = (): Offered => {
    const [, name = '', , rest = ''] = /^\/([a-z]*)( (.{0,100}))?$/i.exec(text) ?? [];
    if (!text.startsWith('/') || here.closed) return { label: '' };
    const can = chatCommands.filter(({ when }) => when?.(target) ?? true);
    if (!text.includes(' ')) {
      const named = name.toLowerCase();
      return {
        label: 'Commands',
        commands: /^\/[a-z]*$/i.test(text) ? can.filter((each) => each.name.startsWith(named)) : [],
      };
    }
    const command = can.find((each) => each.name === name.toLowerCase());
    if (!command?.choices) return { label: '' };
    const words = rest.trim();
    const isMeant = ({ label }: CommandChoice) => label.toLowerCase().includes(words.toLowerCase());
    return { label: command.label, choices: command.choices(target).filter(isMeant), words };
  };
  const { label, commands = [], choices, words = '' } = offered();
  const options: readonly ComposerOption[] = [
    ...commands.map(({ name, label: facts, icon }) => ({ key: name, label: `/${name}`, facts, icon })),
    ...(choices ?? []).map((choice, index) => ({ ...choice, key: String(index) })),
    // Enter does not send a wish that cannot be met to the model as if it were a question.
    ...(choices?.length === 0 ? [nothing(words)] : []),
  ];
  const marked = Math.min(here.marked, Math.max(0, options.length - 1));

  const choose = (index: number) => {
    const command = commands[index];
    if (command?.choices) return setText(`/${command.name} `);
    const choice = choices?.[index];
    if (!command && !choice) return;
    setText('');
    command?.run?.(target);
    choice?.run();
  };
  return {
    label,
    options,
    marked,
    choose,
    onKey: (event) =>
      options.length > 0 &&
      !(choices?.length === 0 && event.key === 'Tab') &&
      listKey(event, {
        count: options.length,
        marked,
        mark: (index) => setAt({ ...here, marked: index }),
        choose,
        close: () => setAt({ ...here, closed: true }),
      }),
    field: options.length > 0 ? listField('commands', marked) : {},
  };
}

const nothing = (words: string): ComposerOption => ({
  key: 'nothing',
  label: words === '' ? 'There is nothing to choose yet' : `Nothing here is called “${words}”`,
  facts: 'Esc leaves it as text',
});
