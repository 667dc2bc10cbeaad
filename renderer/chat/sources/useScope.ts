import type { NoteScope } from '../../../electron/contract/notes.ts';
import { type Stores, useStore, useStores } from '../../app/stores.tsx';

/** What a chat answers from: what was chosen here, else what its newest answer was made from; null for no notes. */
export function scopeOf({ scopes, threads }: Stores, id: string | null): NoteScope | null {
  const chosen = scopes.getState().scopes[id ?? ''];
  if (chosen !== undefined) return chosen;
  const { threads: all, line } = threads.getState();
  const last = (id ? all.get(id)?.order : undefined)?.at(-1);
  return last === undefined ? null : (line(last).getState().message.notes?.scope ?? null);
}

/** {@link scopeOf}, followed. */
export function useScope(id: string | null): NoteScope | null {
  const stores = useStores();
  useStore('scopes', (state) => state.scopes);
  useStore('threads', (state) => (id ? state.threads.get(id) : undefined));
  return scopeOf(stores, id);
}
