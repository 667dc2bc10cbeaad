import { Boxes, FileBox, FolderOpen } from 'lucide-react';
import { useState } from 'react';
import { useStores } from '../app/stores.tsx';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { TextField } from '../ui/TextField.tsx';
import { useAttempt } from '../ui/useAttempt.ts';
import { tellAdded } from './tellAdded.ts';

/** Asks for a model file, or a folder of them, by the system's dialog or by its path. `note` says why it opened by itself. */
export function AddModel(props: { readonly onClose: () => void; readonly note?: string }) {
  const { onClose } = props;
  const stores = useStores();
  const { api, library, ui } = stores;
  const [path, setPath] = useState('');
  const { attempt, busy, problem } = useAttempt();
  const add = (chosen: string) =>
    attempt(async () => {
      const before = library.getState().library?.models ?? [];
      await library.getState().add(chosen);
      tellAdded(stores, before);
      onClose();
    });
  const browse = (kind: 'modelFile' | 'folder') =>
    attempt(async () => {
      const title = kind === 'folder' ? 'Choose a folder of GGUF files' : 'Choose a GGUF file';
      const picked = await api.host.pick({ kind, title });
      if (picked.path) setPath(picked.path);
    });

  return (
    <Dialog
      title="Add models you have"
      text="Inkling reads GGUF files where they lie, from a single file or from a folder. Nothing is copied or changed."
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" disabled={!path.trim() || busy} onClick={() => void add(path.trim())}>
            Add
          </Button>
        </>
      }
    >
      {props.note && <p role="status">{props.note}</p>}
      <TextField
        label="Path of a file or folder"
        value={path}
        placeholder="/home/me/models/name.gguf"
        problem={problem}
        onChange={setPath}
        onEnter={() => path.trim() && void add(path.trim())}
      />
      <div className="dialog-actions" style={{ justifyContent: 'flex-start' }}>
        <Button small icon={FileBox} disabled={busy} onClick={() => void browse('modelFile')}>
          Browse for a file…
        </Button>
        <Button small icon={FolderOpen} disabled={busy} onClick={() => void browse('folder')}>
          Browse for a folder…
        </Button>
        <Button small icon={Boxes} disabled={busy} onClick={() => ui.getState().show({ kind: 'otherApps' })}>
          Look in other apps…
        </Button>
      </div>
    </Dialog>
  );
}
