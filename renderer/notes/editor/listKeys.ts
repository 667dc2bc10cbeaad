import { indentLess, indentMore } from '@codemirror/commands';
import type { EditorState } from '@codemirror/state';
import type { KeyBinding } from '@codemirror/view';

/** Tab moves items of a list in and out. Elsewhere it leaves the editor, as it leaves any field. */
export const listKeys: readonly KeyBinding[] = [
  { key: 'Tab', run: (view) => inList(view.state) && indentMore(view) },
  { key: 'Shift-Tab', run: (view) => inList(view.state) && indentLess(view) },
];

function inList(state: EditorState): boolean {
  const { from, to } = state.selection.main;
  const line = state.doc.lineAt(from);
  return to > line.to || /^\s*([-*+]|\d{1,9}[.)])\s/.test(line.text);
}
