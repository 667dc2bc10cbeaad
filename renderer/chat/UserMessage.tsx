import { useState } from 'react';
import { useStore as useZustand } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import { useStore } from '../app/stores.tsx';
import type { Line } from '../stores/line.ts';
import { formatCount, formatDate } from '../ui/format.ts';
import { MessageMenu } from './actions/MessageMenu.tsx';
import { EditMessage } from './EditMessage.tsx';
import { MessageFiles } from './files/FileChips.tsx';
import { CopyButton } from './markdown/CodeBlock.tsx';
import { LongText } from './markdown/LongText.tsx';
import { Siblings } from './Siblings.tsx';
import './UserMessage.css';

const shownCharacters = 2400;
const shownLines = 40;
/** Beyond so many characters a message may be taller than its box. */
const scrollsFrom = 700;

/** What the person said: their words as they are, folded when they are very many. */
export function UserMessage({
  store,
  threadId,
}: {
  readonly store: StoreApi<Line>;
  readonly threadId: string;
}) {
  const message = useZustand(store, (line) => line.message);
  const [all, setAll] = useState(false);
  const edited = useStore('editing', (state) => state.line === store.getState().key);
  const folded = fold(message.text);
  if (edited) {
    return (
      <article className="said" aria-label="You said">
        <EditMessage store={store} threadId={threadId} />
      </article>
    );
  }
  return (
    <article className="said" aria-label="You said">
      <MessageFiles files={message.attachments} />
      <div className="said-box" title={formatDate(message.createdAt)}>
        <div
          className="said-text"
          dir="auto"
          tabIndex={
            message.text.length > scrollsFrom || message.text.split('\n', 12).length > 11 ? 0 : undefined
          }
        >
          {all || folded === null ? <LongText text={message.text} /> : `${folded}…`}
        </div>
        {folded !== null && (
          <button type="button" className="text-button" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? 'Show less' : `Show all ${formatCount(message.text.length)} characters`}
          </button>
        )}
        {message.damaged && (
          <p className="mark-note">This message was damaged on disk; it is shown as it is.</p>
        )}
      </div>
      <div className="line-tools">
        <CopyButton label="Copy message" text={() => message.text} />
        <MessageMenu store={store} threadId={threadId} />
        <Siblings message={message} threadId={threadId} />
      </div>
    </article>
  );
}

function fold(text: string): string | null {
  let end = Math.min(text.length, shownCharacters);
  let at = -1;
  for (let line = 0; line < shownLines; line++) {
    at = text.indexOf('\n', at + 1);
    if (at < 0 || at > end) break;
    if (line === shownLines - 1) end = at;
  }
  return end < text.length ? text.slice(0, end) : null;
}
