import { assertNever } from '../../../electron/base/assertNever.ts';
import { useDesk, useView } from '../desk.ts';
import { WriteDialog } from '../write/WriteDialog.tsx';
import { AddFolder } from './AddFolder.tsx';
import { EarlierVersion } from './EarlierVersion.tsx';
import { EmbeddingChoice } from './EmbeddingChoice.tsx';
import { NewNote } from './NewNote.tsx';
import { RemoveFolder } from './RemoveFolder.tsx';
import { RemoveNote } from './RemoveNote.tsx';
import { RenameNote } from './RenameNote.tsx';
import { SkippedNotes } from './SkippedNotes.tsx';

/** What lies over the notes: one dialog, or nothing. */
export function NotesDialogs() {
  const { show } = useDesk();
  const dialog = useView((view) => view.dialog);
  const onClose = () => show(null);
  switch (dialog?.kind) {
    case undefined:
      return null;
    case 'addFolder':
      return <AddFolder onClose={onClose} />;
    case 'removeFolder':
      return <RemoveFolder {...dialog} onClose={onClose} />;
    case 'newNote':
      return <NewNote {...dialog} onClose={onClose} />;
    case 'rename':
      return <RenameNote note={dialog.note} onClose={onClose} />;
    case 'remove':
      return <RemoveNote note={dialog.note} onClose={onClose} />;
    case 'skipped':
      return <SkippedNotes onClose={onClose} />;
    case 'embedding':
      return <EmbeddingChoice onClose={onClose} />;
    case 'write':
      return <WriteDialog note={dialog.note} task={dialog.task} onClose={onClose} />;
    case 'earlier':
      return <EarlierVersion {...dialog} onClose={onClose} />;
    default:
      return assertNever(dialog);
  }
}
