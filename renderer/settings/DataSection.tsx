import { useEffect, useState } from 'react';
import type { Backup, StorageStatus } from '../../electron/contract/storage.ts';
import { useStore, useStores } from '../app/stores.tsx';
import { errorText } from '../stores/errorText.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { formatDate, formatSize, plural } from '../ui/format.ts';
import { ChatFiles } from './ChatFiles.tsx';
import { KeptStates } from './KeptStates.tsx';
import { Section } from './Section.tsx';
import { SetAsideFiles } from './SetAsideFiles.tsx';

const reasons: Readonly<Record<Backup['reason'], string>> = {
  manual: 'made by you',
  migration: 'before an update',
  restore: 'before a restore',
  daily: 'daily',
};

/** Where everything lies, whether it is being saved, and the way back to a backup. */
export function DataSection() {
  const { storage, api, toasts, fail } = useStores();
  const status = useStore('storage', (state) => state.status);
  const backups = useStore('storage', (state) => state.backups);
  const [busy, setBusy] = useState(false);
  const [chosen, setChosen] = useState<Backup | null>(null);
  useEffect(() => {
    void storage.getState().listBackups().catch(fail);
  }, [storage, fail]);

  const during = async (task: () => Promise<void>, done: string) => {
    setBusy(true);
    try {
      await task();
      toasts.getState().show(done);
    } catch (error) {
      toasts.getState().show(errorText(error), { tone: 'bad', ms: 10_000 });
    } finally {
      setBusy(false);
      setChosen(null);
    }
  };

  return (
    <Section id="data" title="Data">
      <div className="data-line">
        <div className="data-words">
          <span className="data-path truncate" title={status?.dataDir}>
            {status?.dataDir}
          </span>
          <span className="muted">Chats, settings and backups lie in this folder.</span>
        </div>
        <Button
          small
          disabled={!status}
          onClick={() => status && api.host.reveal({ path: status.dataDir }).catch(fail)}
        >
          Show folder
        </Button>
      </div>
      {status && <Health status={status} />}
      <ChatFiles />
      <div className="data-line">
        <h3>Backups</h3>
        <Button
          small
          disabled={busy}
          onClick={() => void during(() => storage.getState().backUp(), 'Backup made and checked.')}
        >
          Back up now
        </Button>
      </div>
      {backups?.length === 0 && <p className="muted">There is no backup yet.</p>}
      <ul className="backups" aria-label="Backups">
        {backups?.map((backup) => (
          <li key={backup.id}>
            <span className="data-words">
              <span>{formatDate(backup.createdAt)}</span>
              <span className="muted">
                {reasons[backup.reason]} · {plural(backup.conversations, 'chat')},{' '}
                {plural(backup.messages, 'message')} · {formatSize(backup.size)}
              </span>
            </span>
            <Button
              small
              disabled={busy}
              aria-label={`Restore the backup of ${formatDate(backup.createdAt)}`}
              onClick={() => setChosen(backup)}
            >
              Restore
            </Button>
          </li>
        ))}
      </ul>
      <SetAsideFiles />
      <KeptStates />
      {chosen && (
        <Dialog
          title={`Restore the backup of ${formatDate(chosen.createdAt)}?`}
          text={`It holds ${plural(chosen.conversations, 'chat')} and ${plural(chosen.messages, 'message')}. What you have now is kept as a backup of its own.`}
          onClose={() => setChosen(null)}
          actions={
            <>
              <Button onClick={() => setChosen(null)}>Cancel</Button>
              <Button
                look="primary"
                disabled={busy}
                onClick={() =>
                  void during(() => storage.getState().restore(chosen.id), 'The backup is restored.')
                }
              >
                Confirm
              </Button>
            </>
          }
        />
      )}
    </Section>
  );
}

function Health({ status }: { readonly status: StorageStatus }) {
  return (
    <>
      <p className="health">
        <span className="dot" data-tone={status.state === 'ok' ? 'ok' : 'bad'} />
        {status.state === 'ok'
          ? 'Everything is being saved.'
          : (status.problem?.message ?? 'Saving does not work now.')}
      </p>
      {status.damagedMessages > 0 && (
        <p className="health">
          <span className="dot" data-tone="warn" />
          {plural(status.damagedMessages, 'message')} found damaged; shown as they are, and marked.
        </p>
      )}
    </>
  );
}
