import type { Stores } from '../../app/stores.tsx';
import { allNotes } from '../../stores/scopes.ts';
import { scopeOf, setScope } from './useScope.ts';

/** Turns answers from notes on or off for a chat; where there are no notes yet, goes where a folder is chosen. */
export function toggleNotes(stores: Stores, id: string | null): void {
  const { notes, route, toasts } = stores;
  if (scopeOf(stores, id)) setScope(stores, id, null);
  else if (notes.getState().state?.folders.length) setScope(stores, id, allNotes);
  else {
    route.getState().go({ screen: 'notes' });
    toasts.getState().show('Choose a folder of notes first. Then a chat can answer from it.');
  }
}
