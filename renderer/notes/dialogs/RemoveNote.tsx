import type { NoteRef } from '../../../electron/contract/noteRef.ts';
import { useStores } from '../../app/stores.tsx';
import { baseName } from '../../stores/notesTree.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { useAttempt } from '../../ui/useAttempt.ts';
import { useDesk } from '../desk.ts';
import { removeNote } from '../noteActions.ts';

/** Asks before a note goes to the bin. */
export function RemoveNote({ note, onClose }: { readonly note: NoteRef; readonly onClose: () => void }) {
  const stores = useStores();
  const desk = useDesk();
  const { attempt, busy, problem } = useAttempt();
  const remove = () =>
    attempt(async () => {
      await removeNote(stores, desk, note);
      onClose();
    });
  return (
    <Dialog
      title={`Move “${baseName(note.path)}” to the bin?`}
      text="The file goes to the bin of your system, where you can get it back. Links to it in other notes stay."
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="danger" disabled={busy} onClick={() => void remove()}>
            Move to bin
          </Button>
        </>
      }
    >
      {problem && (
        <p className="field-problem" role="alert">
          {problem}
        </p>
      )}
    </Dialog>
  );
}
