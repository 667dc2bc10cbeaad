import { memo } from 'react';
import { useStore as useZustand } from 'zustand';
import { useStore, useStores } from '../app/stores.tsx';
import { AnswerPart } from './AnswerPart.tsx';
import { UserMessage } from './UserMessage.tsx';
import type { Row } from './useRows.ts';

/** One row of the list; it alone renders when its message changes. */
export const MessageRow = memo(
  function MessageRow({ row, threadId }: { readonly row: Row; readonly threadId: string }) {
    const store = useStores().threads.getState().line(row.line);
    const role = useZustand(store, (line) => line.message.role);
    const marked = useStore('ui', (ui) => ui.marked === row.line);
    return (
      <div className="row" data-marked={marked || undefined}>
        {role === 'user' ? (
          <UserMessage store={store} threadId={threadId} />
        ) : (
          <AnswerPart store={store} part={row.part} last={row.last} threadId={threadId} />
        )}
      </div>
    );
  },
  (a, b) =>
    a.threadId === b.threadId &&
    a.row.key === b.row.key &&
    a.row.line === b.row.line &&
    a.row.last === b.row.last,
);
