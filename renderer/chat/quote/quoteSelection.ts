import { focusComposer } from '../../app/actions.ts';
import type { Stores } from '../../app/stores.tsx';
import { withQuotation } from './quotation.ts';
import { selectedWords } from './selection.ts';

/** Puts the selected words into the composer as a quotation; undefined where none are selected. */
export function quoteSelection(stores: Stores): (() => void) | undefined {
  const shown = stores.route.getState().route;
  const selected = selectedWords();
  if (!selected || shown.screen !== 'chat') return undefined;
  const key = shown.id ?? '';
  return () => {
    const { drafts, set } = stores.drafts.getState();
    set(key, withQuotation(drafts[key] ?? '', selected.text));
    document.getSelection()?.removeAllRanges();
    focusComposer();
    // After the text is there.
    requestAnimationFrame(() => {
      const field = document.getElementById('composer');
      if (!(field instanceof HTMLTextAreaElement)) return;
      field.setSelectionRange(field.value.length, field.value.length);
      field.scrollTop = field.scrollHeight;
    });
  };
}
