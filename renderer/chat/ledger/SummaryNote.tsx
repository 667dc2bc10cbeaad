import { Pencil, ScrollText, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useStore as useZustand } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import type { Message } from '../../../electron/contract/conversations.ts';
import type { Summary } from '../../../electron/contract/ledger.ts';
import { useStore, useStores } from '../../app/stores.tsx';
import type { Line } from '../../stores/line.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { plural } from '../../ui/format.ts';
import './SummaryNote.css';

/** The {@link SummaryNote} of a message; nothing where it keeps none. */
export function SummaryOf({
  store,
  threadId,
}: {
  readonly store: StoreApi<Line>;
  readonly threadId: string;
}) {
  const summary = useZustand(store, (line) => line.message.summary);
  return summary && <SummaryNote chat={threadId} message={store.getState().message} summary={summary} />;
}

/** The summary that stands for the turns above it before the model; it can be changed and removed. */
function SummaryNote({
  chat,
  message,
  summary,
}: {
  readonly chat: string;
  readonly message: Message;
  readonly summary: Summary;
}) {
  const { api, threads, toasts, fail } = useStores();
  // A later summary may hold this one already.
  const counts = useStore(
    'ledger',
    (state) =>
      state.chat !== chat ||
      state.ledger === null ||
      state.ledger.entries.some(({ kind, messageIds }) => kind === 'summary' && messageIds[0] === message.id),
  );
  const [draft, setDraft] = useState<string | null>(null);
  const set = async (next: Summary | null) => {
    const changed = { conversationId: chat, messageId: message.id, summary: next };
    threads.getState().put((await api.chat.setSummary(changed)).messages);
  };
  const save = async () => {
    const text = draft?.trim() ?? '';
    try {
      if (text !== '' && text !== summary.text) await set({ ...summary, text });
      setDraft(null);
    } catch (error) {
      fail(error);
    }
  };
  const remove = async () => {
    try {
      await set(null);
      toasts
        .getState()
        .show('The summary was removed. The model reads those turns again, as far as there is room.', {
          action: { label: 'Undo', run: () => void set(summary).catch(fail) },
        });
    } catch (error) {
      fail(error);
    }
  };
  return (
    <aside className="summary" aria-label="Summary">
      <div className="summary-head">
        <ScrollText size={15} aria-hidden />
        <span>
          {counts
            ? `The model reads this in place of the ${plural(summary.turns, 'turn')} above.`
            : 'A later summary holds this one.'}
        </span>
        {draft === null && (
          <>
            <IconButton small icon={Pencil} label="Edit summary" onClick={() => setDraft(summary.text)} />
            <IconButton small icon={Trash2} label="Remove summary" onClick={() => void remove()} />
          </>
        )}
      </div>
      {draft === null ? (
        <p className="summary-text" dir="auto">
          {summary.text}
        </p>
      ) : (
        <>
          <textarea
            aria-label="Summary"
            dir="auto"
            // biome-ignore lint/a11y/noAutofocus: it opens because the person asked to write in it
            autoFocus
            maxLength={100_000}
            value={draft}
            onChange={(event) => setDraft(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Escape') return;
              event.preventDefault();
              setDraft(null);
            }}
          />
          <div className="summary-actions">
            <Button small look="primary" disabled={draft.trim() === ''} onClick={() => void save()}>
              Save
            </Button>
            <Button small onClick={() => setDraft(null)}>
              Cancel
            </Button>
          </div>
        </>
      )}
    </aside>
  );
}
