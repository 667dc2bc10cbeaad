import { createStore } from 'zustand/vanilla';
import type { NoteRef, NoteScope } from '../../electron/contract/notes.ts';

/** Which notes each chat answers from (an empty id for a chat not started): null for none; unset, what it did last. */
export interface ScopesStore {
  readonly scopes: Readonly<Record<string, NoteScope | null>>;
  set(chat: string, scope: NoteScope | null): void;
  /** A chat that was started keeps what was chosen before it had an id. */
  move(from: string, to: string): void;
}

export const allNotes: NoteScope = { folders: [], tags: [], notes: [] };

/** True if the scope names nothing, which means all notes. */
export const isAllNotes = ({ folders, tags, notes }: NoteScope) =>
  folders.length + tags.length + notes.length === 0;

export const sameNote = (a: NoteRef, b: NoteRef) => a.folderId === b.folderId && a.path === b.path;

/** Makes the scopes; `onSet` keeps what was chosen for a chat. */
export function createScopesStore(onSet: (chat: string, scope: NoteScope | null) => void) {
  return createStore<ScopesStore>((setState, getState) => ({
    scopes: {},
    set(chat, scope) {
      setState({ scopes: { ...getState().scopes, [chat]: scope } });
      onSet(chat, scope);
    },
    move(from, to) {
      const { [from]: scope, ...rest } = getState().scopes;
      setState({ scopes: scope === undefined ? rest : { ...rest, [to]: scope } });
    },
  }));
}
