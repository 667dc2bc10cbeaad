import { type Extension, StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, keymap } from '@codemirror/view';

const setMark = StateEffect.define<{ readonly from: number; readonly to: number } | null>({
  map: (value, changes) => value && { from: changes.mapPos(value.from, 1), to: changes.mapPos(value.to, -1) },
});
const mark = Decoration.mark({ class: 'cm-passage' });

const field = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(shown, transaction) {
    let now = shown.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (!effect.is(setMark)) continue;
      const { value } = effect;
      now =
        value && value.from < value.to ? Decoration.set(mark.range(value.from, value.to)) : Decoration.none;
    }
    return now;
  },
  provide: (self) => EditorView.decorations.from(self),
});

const clear = (view: EditorView): boolean => {
  if (view.state.field(field).size === 0) return false;
  view.dispatch({ effects: setMark.of(null) });
  return true;
};

/** Lets one passage be marked as the one that was looked for; Escape takes the mark away. */
export const passageMark: Extension = [field, keymap.of([{ key: 'Escape', run: clear }])];

/** Marks a passage and brings it into sight, with the cursor before it. Offsets beyond the text end with it. */
export function showPassage(view: EditorView, start: number, end: number): void {
  const { length } = view.state.doc;
  const from = Math.min(Math.max(0, start), length);
  const to = Math.min(Math.max(from, end), length);
  view.dispatch({
    selection: { anchor: from },
    effects: [setMark.of({ from, to }), EditorView.scrollIntoView(from, { y: 'start', yMargin: 96 })],
  });
}
