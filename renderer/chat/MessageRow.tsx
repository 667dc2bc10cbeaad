import { memo } from 'react';
import { useStore as useZustand } from 'zustand';
import { useStore, useStores } from '../app/stores.tsx';
import { AnswerPart } from './AnswerPart.tsx';
import { KeptMark } from './ledger/KeptMark.tsx';
import { SummaryOf } from './ledger/SummaryNote.tsx';
import { UserMessage } from './UserMessage.tsx';
import type { Row } from './useRows.ts';

/** One row of the list; it alone renders when its message changes. */
export const MessageRow = memo(
  function MessageRow({ row, threadId }: { readonly row: Row; readonly threadId: string }) {
    const store = useStores().threads.getState().line(row.line);
    const role = useZustand(store, (line) => line.message.role);
    const marked = useStore('ui', (ui) => ui.marked === row.line);
    const id = useZustand(store, (line) => line.message.id);
    const out = useStore('ledger', (state) => state.outOf(threadId, id));
    return (
      <div className="row" data-marked={marked || undefined} data-out={out ?? undefined}>
        {row.part === 0 && <KeptMark store={store} reason={out} />}
        {role === 'user' ? (
          <UserMessage store={store} threadId={threadId} />
        ) : (
          <AnswerPart store={store} part={row.part} last={row.last} threadId={threadId} />
        )}
        {row.last && <SummaryOf store={store} threadId={threadId} />}
      </div>
    );
  },
  (a, b) =>
    a.threadId === b.threadId &&
    a.row.key === b.row.key &&
    a.row.line === b.row.line &&
    a.row.last === b.row.last,
);
