import type { NoteRef } from '../../electron/contract/noteRef.ts';
import type { NoteScope } from '../../electron/contract/noteSources.ts';

export const allNotes: NoteScope = { folders: [], tags: [], notes: [] };

/** True if the scope names nothing, which means all notes. */
export const isAllNotes = ({ folders, tags, notes }: NoteScope) =>
  folders.length + tags.length + notes.length === 0;

export const sameNote = (a: NoteRef, b: NoteRef) => a.folderId === b.folderId && a.path === b.path;
