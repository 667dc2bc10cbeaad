import { type EditorState, type Extension, StateField } from '@codemirror/state';
import { EditorView, keymap, showTooltip, type Tooltip } from '@codemirror/view';
import { keysText } from '../../ui/Keys.tsx';
import { type LinkInNote, linkAt } from './linkAt.ts';

interface LinkFollower {
  open(link: LinkInNote): void;
  /** What following it does: "Open Loads". */
  words(link: LinkInNote): string;
}

/** Lets links be followed: by Ctrl or Cmd and a click, by Alt+Enter, or by a small button while the cursor is in one. */
export function followLinks({ open, words }: LinkFollower): Extension {
  const follow = (state: EditorState, at: number): boolean => {
    const link = linkAt(state, at);
    if (link) open(link);
    return link !== null;
  };
  const tooltipOf = (state: EditorState): Tooltip | null => {
    const { main } = state.selection;
    const link = main.empty ? linkAt(state, main.head) : null;
    if (!link || main.head === link.from) return null;
    return {
      pos: link.from,
      above: true,
      create: () => ({ dom: linkButton(words(link), () => open(link)) }),
    };
  };
  const tooltip = StateField.define<Tooltip | null>({
    create: () => null,
    update(shown, transaction) {
      if (!transaction.docChanged && !transaction.selection) return shown;
      const next = tooltipOf(transaction.state);
      return shown && next && shown.pos === next.pos && !transaction.docChanged ? shown : next;
    },
    provide: (field) => showTooltip.from(field),
  });
  return [
    tooltip,
    keymap.of([{ key: 'Alt-Enter', run: ({ state }) => follow(state, state.selection.main.head) }]),
    EditorView.domEventHandlers({
      mousedown(event, view) {
        if (event.button !== 0 || !(event.ctrlKey || event.metaKey)) return false;
        const at = view.posAtCoords(event);
        if (at === null || !follow(view.state, at)) return false;
        event.preventDefault();
        return true;
      },
    }),
  ];
}

function linkButton(words: string, open: () => void): HTMLElement {
  const frame = document.createElement('div');
  frame.className = 'note-link-hint';
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = words;
  // The text keeps the focus; a press of the button must not move the cursor.
  button.addEventListener('mousedown', (event) => event.preventDefault());
  button.addEventListener('click', open);
  const keys = document.createElement('kbd');
  keys.textContent = keysText(['Alt', 'enter']);
  frame.append(button, keys);
  return frame;
}
