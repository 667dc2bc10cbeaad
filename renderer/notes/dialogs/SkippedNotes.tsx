import { useStore } from '../../app/stores.tsx';
import { keyOf } from '../../stores/notesTree.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { formatCount } from '../../ui/format.ts';

const mostListed = 500;

/** Lists the notes that are not in the index, each with the reason. */
export function SkippedNotes({ onClose }: { readonly onClose: () => void }) {
  const entries = useStore('notes', (state) => state.entries);
  const skipped = entries?.filter((note) => note.skipped !== null) ?? [];
  return (
    <Dialog
      title="Notes that were skipped"
      text="They are not searched, and chats do not know them. The files are as they were."
      onClose={onClose}
      actions={<Button onClick={onClose}>Close</Button>}
    >
      <ul className="notes-list" aria-label="Skipped notes">
        {skipped.slice(0, mostListed).map((note) => (
          <li key={keyOf(note)}>
            <span className="notes-path" dir="auto">
              {note.path}
            </span>
            <span className="muted">{note.skipped}</span>
          </li>
        ))}
      </ul>
      {skipped.length > mostListed && (
        <p className="muted">And {formatCount(skipped.length - mostListed)} more.</p>
      )}
    </Dialog>
  );
}
