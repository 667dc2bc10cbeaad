import { CalendarDays, FolderPlus, SquarePen } from 'lucide-react';
import { useRef } from 'react';
import type { NoteRef } from '../../../electron/contract/noteRef.ts';
import { useStore, useStores } from '../../app/stores.tsx';
import { folderOf } from '../../stores/notesTree.ts';
import { IconButton } from '../../ui/Button.tsx';
import { useDesk, useView } from '../desk.ts';
import { openToday } from '../noteActions.ts';
import { useOver } from '../useOver.ts';
import { NotesSearch } from './NotesSearch.tsx';
import { NoteTree } from './NoteTree.tsx';
import { SearchHits } from './SearchHits.tsx';
import './Tree.css';

/** The list of notes: search, the tree or what was found, and the ways to a new note. */
export function NotesPane({ current, over }: { readonly current: NoteRef | null; readonly over: boolean }) {
  const stores = useStores();
  const { show } = useDesk();
  const searching = useView(({ query }) => query.trim() !== '');
  const first = useStore('notes', ({ state }) => state?.folders[0]?.id);
  const frame = useRef<HTMLElement>(null);
  const onKeyDown = useOver(over, frame);
  const folderId = current?.folderId ?? first;
  return (
    <aside
      ref={frame}
      className="notes-pane"
      data-over={over || undefined}
      aria-label="List of notes"
      onKeyDown={onKeyDown}
    >
      <div className="notes-pane-top">
        <NotesSearch />
      </div>
      {searching ? <SearchHits /> : <NoteTree current={current} />}
      <div className="notes-pane-end">
        <IconButton
          icon={SquarePen}
          label="New note"
          disabled={!folderId}
          onClick={() =>
            folderId && show({ kind: 'newNote', folderId, folder: current ? folderOf(current.path) : '' })
          }
        />
        <IconButton
          icon={CalendarDays}
          label="Today's note"
          disabled={!folderId}
          onClick={() => folderId && void openToday(stores, folderId)}
        />
        <div className="header-space" />
        <IconButton icon={FolderPlus} label="Add a folder" onClick={() => show({ kind: 'addFolder' })} />
      </div>
    </aside>
  );
}
