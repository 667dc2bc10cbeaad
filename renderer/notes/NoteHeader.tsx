import {
  BookOpen,
  Copy,
  Ellipsis,
  FolderOpen,
  FolderTree,
  PanelRight,
  Pencil,
  SquarePen,
  Trash2,
} from 'lucide-react';
import { useStore as useZustand } from 'zustand';
import type { NoteRef } from '../../electron/contract/noteRef.ts';
import { Header } from '../app/Header.tsx';
import { type Stores, useStores } from '../app/stores.tsx';
import { Button, IconButton } from '../ui/Button.tsx';
import { ButtonMenu, type MenuEntry } from '../ui/Menu.tsx';
import { type Desk, useDesk, useView } from './desk.ts';
import { askAbout, copyLink, revealNote } from './noteActions.ts';
import { savingWords } from './savingWords.ts';
import type { NoteSession } from './session/noteSession.ts';
import { WriteMenu } from './write/WriteMenu.tsx';

/** The line above a note: where it lies, whether it is saved, and what can be done with it. */
export function NoteHeader(props: {
  readonly session: NoteSession | null;
  readonly onTree: () => void;
  readonly onPanel: () => void;
}) {
  const { session, onTree, onPanel } = props;
  return (
    <Header>
      <IconButton icon={FolderTree} label="Show or hide the list of notes" onClick={onTree} />
      {session ? <Open session={session} onPanel={onPanel} /> : <h1 className="header-title">Notes</h1>}
    </Header>
  );
}

function Open({ session, onPanel }: { readonly session: NoteSession; readonly onPanel: () => void }) {
  const stores = useStores();
  const desk = useDesk();
  const note = useZustand(session.store, (state) => state.note);
  const words = useZustand(session.store, savingWords);
  const ready = useZustand(session.store, ({ phase }) => phase === 'ready');
  const reading = useView((view) => view.reading);
  return (
    <>
      <h1 className="header-title truncate" title={note.path} dir="auto">
        {note.path.split('/').join(' / ')}
      </h1>
      <span className="note-saving" role="status">
        {words}
      </span>
      <div className="header-space" />
      {ready && (
        <>
          <WriteMenu session={session} />
          <Button
            className="note-ask"
            look="primary"
            small
            onClick={() => askAbout(stores, { folders: [], tags: [], notes: [note] })}
          >
            Ask about this
          </Button>
          <IconButton
            icon={reading ? SquarePen : BookOpen}
            label={reading ? 'Edit' : 'Read'}
            onClick={() => desk.view.setState({ reading: !reading })}
          />
        </>
      )}
      <ButtonMenu entries={noteMenu(stores, desk, note)}>
        <button type="button" className="icon-button" aria-label="Options for this note">
          <Ellipsis size={18} strokeWidth={1.8} aria-hidden />
        </button>
      </ButtonMenu>
      <IconButton icon={PanelRight} label="Show or hide what is around this note" onClick={onPanel} />
    </>
  );
}

/** What can be done with a note, from wherever it is shown. */
export const noteMenu = (stores: Stores, { show }: Desk, note: NoteRef): readonly MenuEntry[] => [
  { label: 'Rename or move…', icon: Pencil, onSelect: () => show({ kind: 'rename', note }) },
  { label: 'Copy link', icon: Copy, onSelect: () => void copyLink(stores, note) },
  { label: 'Show in its folder', icon: FolderOpen, onSelect: () => void revealNote(stores, note) },
  { label: 'Move to bin…', icon: Trash2, danger: true, onSelect: () => show({ kind: 'remove', note }) },
];
