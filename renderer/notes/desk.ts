import { createStore, type StoreApi, useStore as useZustand } from 'zustand';
import type { NoteRef } from '../../electron/contract/noteRef.ts';
import type { WritingTask } from '../../electron/contract/writing.ts';
import { type Stores, useStores } from '../app/stores.tsx';
import { openSessions } from './openSessions.ts';
import type { NoteSessions } from './session/noteSessions.ts';

/** A question or a form over the notes. */
export type NotesDialog =
  | { readonly kind: 'addFolder' }
  | { readonly kind: 'removeFolder'; readonly id: string; readonly name: string }
  | { readonly kind: 'newNote'; readonly folderId: string; readonly folder: string; readonly name?: string }
  | { readonly kind: 'rename'; readonly note: NoteRef }
  | { readonly kind: 'remove'; readonly note: NoteRef }
  | { readonly kind: 'skipped' }
  | { readonly kind: 'embedding' }
  | { readonly kind: 'write'; readonly note: NoteRef; readonly task: WritingTask }
  | { readonly kind: 'earlier'; readonly note: NoteRef; readonly id: string; readonly at: number };

export type PanelTab = 'around' | 'outline' | 'history';

/** How this window looks at the notes; kept while it lives. */
export interface NotesView {
  readonly dialog: NotesDialog | null;
  /** What lies over the note where there is no room beside it. */
  readonly over: 'tree' | 'panel' | null;
  /** What is wanted beside the note where there is room. */
  readonly tree: boolean;
  readonly panel: boolean;
  readonly tab: PanelTab;
  /** Notes are shown to be read, not to be edited. */
  readonly reading: boolean;
  readonly query: string;
}

/** What the parts of the notes screen share. */
export interface Desk {
  readonly view: StoreApi<NotesView>;
  readonly sessions: NoteSessions;
  show(dialog: NotesDialog | null): void;
}

const desks = new WeakMap<Stores, Desk>();

/** The desk of a window: made when the notes are first looked at, then kept with all that is open. */
export function deskOf(stores: Stores): Desk {
  const known = desks.get(stores);
  if (known) return known;
  const view = createStore<NotesView>(() => ({
    dialog: null,
    over: null,
    tree: true,
    panel: true,
    tab: 'around',
    reading: false,
    query: '',
  }));
  const show = (dialog: NotesDialog | null) => view.setState({ dialog });
  const desk: Desk = { view, show, sessions: openSessions(stores, show) };
  desks.set(stores, desk);
  return desk;
}

/** The desk of this window. */
export const useDesk = (): Desk => deskOf(useStores());

/** Reads how the notes are looked at. */
export const useView = <T>(select: (view: NotesView) => T): T => useZustand(useDesk().view, select);
