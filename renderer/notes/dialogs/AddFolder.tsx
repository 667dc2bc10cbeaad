import { FolderOpen } from 'lucide-react';
import { useState } from 'react';
import { useStores } from '../../app/stores.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { useAttempt } from '../../ui/useAttempt.ts';

/** Asks for a folder of notes, by the system's dialog or by its path. */
export function AddFolder({ onClose }: { readonly onClose: () => void }) {
  const { api, notes } = useStores();
  const [path, setPath] = useState('');
  const { attempt, busy, problem } = useAttempt();
  const wanted = path.trim();

  const add = () =>
    attempt(async () => {
      await notes.getState().addFolder(wanted);
      onClose();
    });
  const browse = () =>
    attempt(async () => {
      const picked = await api.host.pick({ kind: 'folder', title: 'Choose a folder of notes' });
      if (picked.path) setPath(picked.path);
    });

  return (
    <Dialog
      title="Choose a folder of notes"
      text="Inkling reads the Markdown files in it, and in the folders inside it, where they are. It changes only what you edit."
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" disabled={!wanted || busy} onClick={() => void add()}>
            Use this folder
          </Button>
        </>
      }
    >
      <TextField
        label="Path of the folder"
        value={path}
        placeholder="/home/me/Notes"
        problem={problem}
        onChange={setPath}
        onEnter={() => wanted && void add()}
      />
      <div className="dialog-actions notes-left">
        <Button small icon={FolderOpen} disabled={busy} onClick={() => void browse()}>
          Browse…
        </Button>
      </div>
    </Dialog>
  );
}
