import { memo } from 'react';
import { useStore as useZustand } from 'zustand';
import { useStores } from '../app/stores.tsx';
import { AnswerPart } from './AnswerPart.tsx';
import { UserMessage } from './UserMessage.tsx';
import type { Row } from './useRows.ts';

/** One row of the list; it alone renders when its message changes. */
export const MessageRow = memo(
  function MessageRow({ row, threadId }: { readonly row: Row; readonly threadId: string }) {
    const store = useStores().threads.getState().line(row.line);
    const role = useZustand(store, (line) => line.message.role);
    return role === 'user' ? (
      <UserMessage store={store} threadId={threadId} />
    ) : (
      <AnswerPart store={store} part={row.part} last={row.last} threadId={threadId} />
    );
  },
  (a, b) =>
    a.threadId === b.threadId &&
    a.row.key === b.row.key &&
    a.row.line === b.row.line &&
    a.row.last === b.row.last,
);
