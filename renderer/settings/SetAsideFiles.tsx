import { useEffect, useState } from 'react';
import type { SetAsideFile } from '../../electron/contract/storage.ts';
import { useStore, useStores } from '../app/stores.tsx';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { formatDate, formatSize } from '../ui/format.ts';

/** The damaged databases that were put aside, for whoever wants to rescue something or be rid of them; nothing where there is none. */
export function SetAsideFiles() {
  const { storage, toasts, fail } = useStores();
  const files = useStore('storage', (state) => state.setAside);
  const latest = useStore('storage', (state) => state.status?.setAside);
  const [chosen, setChosen] = useState<SetAsideFile | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another file put aside is the reason to look again
  useEffect(() => {
    void storage.getState().listSetAside().catch(fail);
  }, [storage, fail, latest]);
  if (!files || files.length === 0) return null;

  const remove = async ({ name }: SetAsideFile) => {
    setChosen(null);
    try {
      await storage.getState().deleteSetAside(name);
      toasts.getState().show('The damaged file is deleted.');
    } catch (error) {
      fail(error);
    }
  };
  return (
    <>
      <div className="data-line">
        <h3>Put aside</h3>
      </div>
      <p className="muted">
        Damaged files that another one took the place of. They may still hold chats that you deleted since.
      </p>
      <ul className="backups" aria-label="Files put aside">
        {files.map((file) => (
          <li key={file.name}>
            <span className="data-words">
              <span className="truncate" title={file.name}>
                {file.name}
              </span>
              <span className="muted">
                {formatDate(file.changedAt)} · {formatSize(file.size)}
              </span>
            </span>
            <Button small aria-label={`Delete ${file.name}`} onClick={() => setChosen(file)}>
              Delete
            </Button>
          </li>
        ))}
      </ul>
      {chosen && (
        <Dialog
          title="Delete this damaged file?"
          text={`${chosen.name} (${formatSize(chosen.size)}) cannot be opened, but somebody might still rescue words from it. Your chats and backups stay as they are.`}
          onClose={() => setChosen(null)}
          actions={
            <>
              <Button onClick={() => setChosen(null)}>Cancel</Button>
              <Button look="danger" onClick={() => void remove(chosen)}>
                Delete for good
              </Button>
            </>
          }
        />
      )}
    </>
  );
}
