import { type KeyboardEvent, useState } from 'react';
import { useStores } from '../../app/stores.tsx';
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
  readonly choices?: readonly CommandChoice[];
}

/** Follows what is typed after a `/`; choosing runs the command and empties the field, or asks for what it needs. */
export function useSlash(chat: string | null, text: string, setText: (text: string) => void): Slash {
  const stores = useStores();
  const [at, setAt] = useState({ text: '', marked: 0, closed: false });
  const here = at.text === text ? at : { text, marked: 0, closed: at.closed && text.startsWith(at.text) };
  const target = { stores, chat };

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
    const choices = command?.choices?.(target) ?? [];
    const words = rest.trim().toLowerCase();
    return {
      label: command?.label ?? '',
      choices: choices.filter(({ label }) => label.toLowerCase().includes(words)),
    };
  };
  const { label, commands = [], choices = [] } = offered();
  const options: readonly ComposerOption[] = [
    ...commands.map(({ name, label: facts, icon }) => ({ key: name, label: `/${name}`, facts, icon })),
    ...choices.map((choice, index) => ({ ...choice, key: String(index) })),
  ];
  const marked = Math.min(here.marked, Math.max(0, options.length - 1));

  const choose = (index: number) => {
    const command = commands[index];
    if (command?.choices) return setText(`/${command.name} `);
    setText('');
    command?.run?.(target);
    choices[index]?.run();
  };
  return {
    label,
    options,
    marked,
    choose,
    onKey: (event) =>
      options.length > 0 &&
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
