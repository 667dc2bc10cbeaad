import { useEffect, useState } from 'react';
import type { Backup } from '../../electron/contract/storage.ts';
import { errorText } from '../stores/errorText.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { formatDate, formatSize, plural } from '../ui/format.ts';
import { Logo } from '../ui/Logo.tsx';
import { useAttempt } from '../ui/useAttempt.ts';
import './Recovery.css';
import { useStore, useStores } from './stores.tsx';

type Plan = { readonly kind: 'restore'; readonly backup: Backup } | { readonly kind: 'fresh' };

/** Shown when the chats cannot be opened: nothing is lost yet, and this screen leads out. */
export function Recovery() {
  const { storage } = useStores();
  const status = useStore('storage', (state) => state.status);
  const backups = useStore('storage', (state) => state.backups);
  const [plan, setPlan] = useState<Plan | null>(null);
  const { attempt, busy, problem, setProblem } = useAttempt();
  useEffect(() => {
    storage
      .getState()
      .listBackups()
      .catch((error: unknown) => setProblem(errorText(error)));
  }, [storage, setProblem]);
  const newestFirst = [...(backups ?? [])].sort((a, b) => b.createdAt - a.createdAt);

  const carryOut = () =>
    attempt(async () => {
      const chosen = plan;
      setPlan(null);
      if (chosen?.kind === 'restore') await storage.getState().restore(chosen.backup.id);
      if (chosen?.kind === 'fresh') await storage.getState().startFresh();
    });

  // What is said of damage elsewhere leads to the settings, which nobody can open now.
  const reason =
    status?.problem && status.problem.code !== 'storage_damaged'
      ? status.problem.message
      : 'The file of the stored chats is damaged. It was left as it is.';

  return (
    <div className="empty-page">
      <span className="empty-logo">
        <Logo size={40} />
      </span>
      <h2>Your chats cannot be opened</h2>
      <p>{reason}</p>
      <p className="muted">
        Whatever you choose, the damaged file is kept in {status?.dataDir ?? 'the data folder'}, so that
        nothing is lost for good.
      </p>
      {backups && (
        <p>
          {backups.length === 0
            ? 'There is no backup to restore. You can start with no chats.'
            : 'Restore a backup, or start with no chats.'}
        </p>
      )}
      {newestFirst.length > 0 && (
        <ul className="recovery-backups" aria-label="Backups, newest first">
          {newestFirst.map((backup, index) => (
            <li key={backup.id}>
              <span className="recovery-words">
                <span>{formatDate(backup.createdAt)}</span>
                <span className="muted">
                  {plural(backup.conversations, 'chat')}, {plural(backup.messages, 'message')} ·{' '}
                  {formatSize(backup.size)} · checked when it was made
                </span>
              </span>
              <Button
                small
                look={index === 0 ? 'primary' : 'plain'}
                disabled={busy}
                aria-label={`Restore the backup of ${formatDate(backup.createdAt)}`}
                onClick={() => setPlan({ kind: 'restore', backup })}
              >
                Restore
              </Button>
            </li>
          ))}
        </ul>
      )}
      <Button disabled={busy} onClick={() => setPlan({ kind: 'fresh' })}>
        Start fresh
      </Button>
      {problem && <p role="alert">{problem}</p>}
      {plan && (
        <Dialog
          title={plan.kind === 'restore' ? 'Restore this backup?' : 'Start with no chats?'}
          text={
            plan.kind === 'restore'
              ? `It holds ${plural(plan.backup.conversations, 'chat')} and ${plural(plan.backup.messages, 'message')}. The damaged file is put aside and kept.`
              : 'The damaged file is put aside and kept; the backups stay where they are.'
          }
          onClose={() => setPlan(null)}
          actions={
            <>
              <Button onClick={() => setPlan(null)}>Cancel</Button>
              <Button look="primary" disabled={busy} onClick={() => void carryOut()}>
                {plan.kind === 'restore' ? 'Restore' : 'Start fresh'}
              </Button>
            </>
          }
        />
      )}
    </div>
  );
}
