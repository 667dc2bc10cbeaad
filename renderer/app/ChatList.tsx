import { ChevronRight } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { Virtualizer } from 'virtua';
import { formatCount } from '../ui/format.ts';
import '../ui/Tag.css';
import { ChatListRow } from './ChatListRow.tsx';
import { groupChats } from './groupChats.ts';
import { useStore } from './stores.tsx';

const minuteMs = 60_000;
const rowHeight = 33;

/** The chats by day; only those in sight are rendered, so ten thousand are no trouble. */
export function ChatList() {
  const chats = useStore('chats', (state) => state.sorted);
  const state = useStore('chats', (store) => store.state);
  const now = useMinutes();
  const [archiveOpen, setArchiveOpen] = useState(false);
  const rows = useMemo(() => groupChats(chats, now, archiveOpen), [chats, now, archiveOpen]);
  const scroller = useRef<HTMLElement>(null);

  return (
    <nav className="chats" aria-label="Chats" ref={scroller}>
      {chats.length === 0 && state !== 'loading' && (
        <p className="chats-empty">
          {state === 'ready' ? 'Your chats will be listed here.' : 'The chats could not be read.'}
        </p>
      )}
      <Virtualizer data={rows} scrollRef={scroller} itemSize={rowHeight}>
        {(row) =>
          row.kind === 'group' ? (
            <h2 className="chat-group" key={row.key}>
              {row.label}
            </h2>
          ) : row.kind === 'archive' ? (
            <button
              type="button"
              className="chat-archive"
              key={row.key}
              aria-expanded={archiveOpen}
              onClick={() => setArchiveOpen(!archiveOpen)}
            >
              <ChevronRight size={14} aria-hidden />
              Archived
              <span className="place-note">{formatCount(row.count)}</span>
            </button>
          ) : (
            <ChatListRow key={row.key} chat={row.chat} />
          )
        }
      </Virtualizer>
    </nav>
  );
}

// "Today" must not still be said tomorrow.
function useMinutes(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 10 * minuteMs);
    return () => clearInterval(timer);
  }, []);
  return now;
}
