import { quoteSelection } from '../chat/quote/quoteSelection.ts';
import { newChat, toggleSidebar } from './actions.ts';
import type { Stores } from './stores.tsx';

/** A key, or several at once: `mod` is Ctrl or ⌘, letters are capitals. */
export type KeyPress = readonly string[];

/** A shortcut of the window. Those without `run` belong to the field or the list that has the focus. */
export interface Shortcut {
  readonly group: 'Everywhere' | 'In a chat' | 'In the composer' | 'In lists and notes';
  readonly name: string;
  /** Any of these; the first that the surroundings let through is shown. */
  readonly keys: readonly KeyPress[];
  /** What it would do now; undefined lets the key through. */
  readonly run?: (stores: Stores) => (() => void) | undefined;
}

const narrowQuery = '(max-width: 760px)';

const shownChat = ({ route }: Stores): string | null => {
  const shown = route.getState().route;
  return shown.screen === 'chat' ? shown.id : null;
};

/** All of them: this list drives the keys, the dialog and the settings. */
export const shortcuts: readonly Shortcut[] = [
  {
    group: 'Everywhere',
    name: 'New chat',
    keys: [
      ['mod', 'N'],
      ['mod', 'shift', 'O'],
    ],
    run: (stores) => () => newChat(stores),
  },
  {
    group: 'Everywhere',
    name: 'Search everything, commands, switch model',
    keys: [['mod', 'K']],
    run:
      ({ ui }) =>
      () =>
        ui.getState().show({ kind: 'palette' }),
  },
  {
    group: 'Everywhere',
    name: 'Search chats',
    keys: [['mod', 'F']],
    run:
      ({ ui }) =>
      () =>
        ui.getState().show({ kind: 'palette' }),
  },
  {
    group: 'Everywhere',
    name: 'Open a note',
    keys: [['mod', 'O']],
    run:
      ({ ui }) =>
      () =>
        ui.getState().show({ kind: 'palette', notes: true }),
  },
  {
    group: 'Everywhere',
    name: 'Show or hide the sidebar',
    keys: [['mod', 'B']],
    run: (stores) => () => toggleSidebar(stores, matchMedia(narrowQuery).matches),
  },
  {
    group: 'Everywhere',
    name: 'Settings',
    keys: [['mod', ',']],
    run:
      ({ route }) =>
      () =>
        route.getState().go({ screen: 'settings', section: 'general' }),
  },
  {
    group: 'Everywhere',
    name: 'All shortcuts',
    keys: [['mod', '/'], ['?']],
    run:
      ({ ui }) =>
      () =>
        ui.getState().show({ kind: 'shortcuts' }),
  },
  {
    group: 'In a chat',
    name: 'Stop the answer, or reading aloud',
    keys: [['Esc']],
    run(stores) {
      const { ui, threads } = stores;
      if (ui.getState().overlay) return undefined;
      const id = shownChat(stores);
      if (id && threads.getState().threads.get(id)?.running) return () => threads.getState().stop(id);
      if (stores.speech.getState().line !== null) return stores.speech.getState().stop;
      return ui.getState().drawer ? () => ui.getState().setDrawer(false) : undefined;
    },
  },
  {
    group: 'In a chat',
    name: 'Quote what is selected',
    keys: [['mod', 'shift', '9']],
    run: quoteSelection,
  },
  { group: 'In the composer', name: 'Send the message', keys: [['enter']] },
  { group: 'In the composer', name: 'Break the line', keys: [['shift', 'enter']] },
  { group: 'In the composer', name: 'Commands, at the start', keys: [['/']] },
  { group: 'In the composer', name: 'Edit the last message, while empty', keys: [['↑']] },
  { group: 'In lists and notes', name: 'Rename the chat in the sidebar', keys: [['F2']] },
  { group: 'In lists and notes', name: 'Pin the chat in the sidebar', keys: [['P']] },
  { group: 'In lists and notes', name: 'Archive the chat in the sidebar', keys: [['E']] },
  { group: 'In lists and notes', name: 'Tag the chat in the sidebar', keys: [['T']] },
  { group: 'In lists and notes', name: 'Delete the chat in the sidebar', keys: [['Del']] },
  { group: 'In lists and notes', name: 'Follow the link at the cursor, in a note', keys: [['Alt', 'enter']] },
];

/** The keys to show for a shortcut, where several work. */
export const keysOf = ({ keys }: Shortcut, { newChatKeys }: Pick<Stores, 'newChatKeys'>): KeyPress =>
  keys.find((press) => press.join() === newChatKeys.join()) ?? keys[0] ?? [];

/** Whether a key event is this press. A sign that needs Shift on some keyboards is named without it. */
export function isPress(
  event: Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>,
  press: KeyPress,
): boolean {
  const wants = (name: string) => press.includes(name);
  const key = press.at(-1) ?? '';
  const isSign = /^[^\p{L}\p{N}]$/u.test(key);
  const pressed = event.key === 'Escape' ? 'Esc' : event.key;
  // With Shift a digit key gives another sign on each keyboard.
  const named = /^\d$/.test(key) ? event.code === `Digit${key}` : pressed.toLowerCase() === key.toLowerCase();
  return (
    named &&
    (event.ctrlKey || event.metaKey) === wants('mod') &&
    event.altKey === wants('Alt') &&
    (isSign || event.shiftKey === wants('shift'))
  );
}
