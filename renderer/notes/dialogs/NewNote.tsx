import { useState } from 'react';
import { useStore, useStores } from '../../app/stores.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { useAttempt } from '../../ui/useAttempt.ts';
import { createNote, pathProblem, toNotePath } from '../noteActions.ts';

/** Asks for the name of a new note. */
export function NewNote(props: {
  readonly folderId: string;
  readonly folder: string;
  readonly name?: string;
  readonly onClose: () => void;
}) {
  const stores = useStores();
  const folderName = useStore(
    'notes',
    ({ state }) => state?.folders.find(({ id }) => id === props.folderId)?.name ?? '',
  );
  const [name, setName] = useState(props.name ?? '');
  const { attempt, busy, problem, setProblem } = useAttempt();
  const path = toNotePath(props.folder, name);
  const create = () => {
    const wrong = pathProblem(path);
    if (wrong) return setProblem(wrong);
    void attempt(async () => {
      const note = { folderId: props.folderId, path };
      await createNote(stores, note);
      // The dialog gives the focus back before the note takes it.
      props.onClose();
      stores.notes.getState().openNote(note, true);
    });
  };
  const place = props.folder ? `${folderName}/${props.folder}` : folderName;
  return (
    <Dialog
      title="New note"
      onClose={props.onClose}
      actions={
        <>
          <Button onClick={props.onClose}>Cancel</Button>
          <Button look="primary" disabled={!name.trim() || busy} onClick={create}>
            Create
          </Button>
        </>
      }
    >
      <TextField
        label="Name"
        value={name}
        placeholder="Power"
        help={`In ${place}. A name like “Cabin/Power” makes the folder too.`}
        problem={problem}
        onChange={(text) => {
          setName(text);
          setProblem('');
        }}
        onEnter={create}
      />
    </Dialog>
  );
}
