import { CalendarDays, SquarePen } from 'lucide-react';
import { useMemo } from 'react';
import { useStore, useStores } from '../app/stores.tsx';
import { baseName, folderOf, keyOf } from '../stores/notesTree.ts';
import { rankNotes } from '../stores/rankNotes.ts';
import { Button } from '../ui/Button.tsx';
import { formatDay } from '../ui/format.ts';
import { useDesk } from './desk.ts';
import { openToday } from './noteActions.ts';

const mostRecent = 8;
const none: readonly never[] = [];

/** What stands where no note is open: the notes that changed last, and the ways to a new one. */
export function NoNote() {
  const stores = useStores();
  const { show } = useDesk();
  const entries = useStore('notes', (state) => state.entries);
  const folderId = useStore('notes', ({ state }) => state?.folders[0]?.id ?? '');
  // The list comes a moment after the index.
  const ready = useStore(
    'notes',
    ({ state }) => state?.index.phase === 'ready' && state.index.notes + state.index.skipped === 0,
  );
  const recent = useMemo(() => rankNotes('', entries ?? none, mostRecent), [entries]);
  return (
    <div className="notes-start">
      <div className="notes-start-column">
        <h2>
          {recent.length > 0
            ? 'Changed last'
            : ready && entries !== null
              ? 'There is no note in this folder yet'
              : 'Reading your notes…'}
        </h2>
        <ul className="notes-recent">
          {recent.map((note) => (
            <li key={keyOf(note)}>
              <button type="button" onClick={() => stores.notes.getState().openNote(note)}>
                <span className="truncate" dir="auto">
                  {folderOf(note.path) && <span className="muted">{folderOf(note.path)} / </span>}
                  {baseName(note.path)}
                </span>
                <span className="muted">{formatDay(note.modifiedAt)}</span>
              </button>
            </li>
          ))}
        </ul>
        <div className="notes-start-buttons">
          <Button icon={SquarePen} onClick={() => show({ kind: 'newNote', folderId, folder: '' })}>
            New note
          </Button>
          <Button icon={CalendarDays} onClick={() => void openToday(stores, folderId)}>
            Today's note
          </Button>
        </div>
      </div>
    </div>
  );
}
