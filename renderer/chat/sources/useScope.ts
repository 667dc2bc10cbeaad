import type { NoteScope } from '../../../electron/contract/noteSources.ts';
import { type Stores, useStore, useStores } from '../../app/stores.tsx';
import { allNotes } from '../../stores/scopes.ts';
import { ownOf, useOwn } from '../own/useOwn.ts';

/** What a chat answers from: what was chosen for it or by its preset, else what its newest answer was made from; null for no notes. */
export function scopeOf(stores: Stores, id: string | null): NoteScope | null {
  const { threads } = stores;
  const own = ownOf(stores, id);
  if (own.notes !== 'follow') return own.notes;
  if (own.preset && own.preset.notes !== null) return own.preset.notes ? allNotes : null;
  const { threads: all, line } = threads.getState();
  const last = (id ? all.get(id)?.order : undefined)?.at(-1);
  return last === undefined ? null : (line(last).getState().message.notes?.scope ?? null);
}

/** Chooses what a chat answers from; null for no notes. */
export const setScope = ({ chatSettings }: Stores, id: string | null, notes: NoteScope | null): void =>
  void chatSettings.getState().set(id ?? '', { notes });

/** {@link scopeOf}, followed. */
export function useScope(id: string | null): NoteScope | null {
  const stores = useStores();
  useOwn(id);
  useStore('threads', (state) => (id ? state.threads.get(id) : undefined));
  return scopeOf(stores, id);
}
