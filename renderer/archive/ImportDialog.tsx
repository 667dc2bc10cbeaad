import { FileJson, FolderOpen } from 'lucide-react';
import { useState } from 'react';
import type { ImportReport } from '../../electron/contract/archive.ts';
import { useStores } from '../app/stores.tsx';
import type { Moved } from '../stores/archive.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { plural } from '../ui/format.ts';
import { Progress } from '../ui/Progress.tsx';
import { TextField } from '../ui/TextField.tsx';
import { ImportResult } from './ImportResult.tsx';
import { useRun } from './useRun.ts';

/** Takes over chats from a file or folder, and says honestly what became of them. */
export function ImportDialog({ onClose }: { readonly onClose: () => void }) {
  const { archive, api } = useStores();
  const [path, setPath] = useState('');
  const [moved, setMoved] = useState<Moved | null>(null);
  const [report, setReport] = useState<ImportReport | null>(null);
  const [stopped, setStopped] = useState(false);
  const { running, problem, clear, run, stop } = useRun();

  const take = () =>
    run(async (signal) => {
      setStopped(false);
      setMoved({ fraction: null, chats: 0 });
      setReport(await archive.getState().importFrom(path.trim(), setMoved, signal));
    });
  const browse = (kind: 'chatsFile' | 'folder') =>
    run(async () => {
      const picked = await api.host.pick({ kind, title: 'Import chats' });
      if (picked.path) setPath(picked.path);
    });
  if (report)
    return (
      <Dialog
        title={report.chats === 0 ? 'Nothing new was imported' : `Imported ${plural(report.chats, 'chat')}`}
        onClose={onClose}
        actions={
          <Button look="primary" onClick={onClose}>
            Done
          </Button>
        }
      >
        <ImportResult report={report} />
      </Dialog>
    );
  return (
    <Dialog
      title="Import chats"
      text="From an export of Inkling, ChatGPT, LM Studio, Open WebUI or Jan: a JSON file, a zip file, or a folder. Chats that are here already stay as they are."
      onClose={onClose}
      actions={
        <>
          <Button
            onClick={() => {
              if (!running || !moved) return onClose();
              stop();
              setStopped(true);
            }}
          >
            {running && moved ? 'Stop' : 'Cancel'}
          </Button>
          <Button look="primary" disabled={!path.trim() || running} onClick={() => void take()}>
            Import
          </Button>
        </>
      }
    >
      <TextField
        label="Path of the file or folder"
        value={path}
        placeholder="/home/me/Downloads/conversations.json"
        problem={problem}
        onChange={(text) => {
          clear();
          setPath(text);
        }}
        onEnter={() => path.trim() && !running && void take()}
      />
      <div className="dialog-actions" style={{ justifyContent: 'flex-start' }}>
        <Button small icon={FileJson} disabled={running} onClick={() => void browse('chatsFile')}>
          Browse for a file…
        </Button>
        <Button small icon={FolderOpen} disabled={running} onClick={() => void browse('folder')}>
          Browse for a folder…
        </Button>
      </div>
      {running && moved && (
        <>
          <Progress label="Importing" fraction={moved.fraction} />
          <p className="muted" role="status">
            {plural(moved.chats, 'chat')} so far
          </p>
        </>
      )}
      {stopped && !running && moved && (
        <p className="muted" role="status">
          Stopped. {plural(moved.chats, 'chat')} came before that and stay; import again to get the rest.
        </p>
      )}
    </Dialog>
  );
}
