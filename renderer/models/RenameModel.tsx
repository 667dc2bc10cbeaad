import { useState } from 'react';
import { useStore, useStores } from '../app/stores.tsx';
import { errorText } from '../stores/errorText.ts';
import { findModel } from '../stores/library.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { TextField } from '../ui/TextField.tsx';

/** Gives a model a name of the person's own. */
export function RenameModel({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const { library } = useStores();
  const model = useStore('library', (state) => findModel(state.library, id));
  const [name, setName] = useState(model?.name ?? '');
  const [problem, setProblem] = useState('');
  const save = async (next: string | null) => {
    try {
      await library.getState().rename(id, next);
      onClose();
    } catch (error) {
      setProblem(errorText(error));
    }
  };
  const typed = name.trim();
  const done = () => {
    if (typed && typed !== model?.name) void save(typed);
    else if (typed) onClose();
  };
  return (
    <Dialog
      title="Rename this model"
      text="Only Inkling’s name for it changes. The file keeps its own, and other apps notice nothing."
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          {model?.renamed && <Button onClick={() => void save(null)}>Use the file’s name</Button>}
          <Button look="primary" disabled={!typed} onClick={done}>
            Rename
          </Button>
        </>
      }
    >
      <TextField
        label="Name"
        value={name}
        maxLength={120}
        problem={problem}
        onChange={setName}
        onEnter={done}
      />
    </Dialog>
  );
}
