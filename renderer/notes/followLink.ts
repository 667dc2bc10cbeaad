import type { NoteRef } from '../../electron/contract/noteRef.ts';
import type { Stores } from '../app/stores.tsx';
import { folderOf } from '../stores/notesTree.ts';
import { resolveLink } from '../stores/rankNotes.ts';
import type { NotesDialog } from './desk.ts';
import type { LinkInNote } from './editor/linkAt.ts';

/** The note that a link in a note leads to, or null where there is none. */
export const findTarget = ({ notes }: Stores, from: NoteRef, target: string): NoteRef | null =>
  resolveLink(target, from, notes.getState().entries ?? []);

/** Follows a link in a note: to the note, to a form that makes it, or to the dialog that shows an address. */
export function followLink(
  stores: Stores,
  show: (dialog: NotesDialog) => void,
  from: NoteRef,
  link: LinkInNote,
): void {
  if (link.kind === 'address') {
    stores.ui.getState().show({ kind: 'link', url: link.url });
    return;
  }
  const target = findTarget(stores, from, link.target);
  if (target) {
    stores.notes.getState().openNote(target);
    return;
  }
  const name = link.target.replace(/^(\.{0,2}\/)+/, '');
  const folder = name.includes('/') ? '' : folderOf(from.path);
  show({ kind: 'newNote', folderId: from.folderId, folder, name });
}
