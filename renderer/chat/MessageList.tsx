import { ArrowDown } from 'lucide-react';
import {
  type KeyboardEvent,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { Virtualizer, type VirtualizerHandle } from 'virtua';
import { useStore, useStores } from '../app/stores.tsx';
import type { Thread } from '../stores/thread.ts';
import { Button } from '../ui/Button.tsx';
import { MessageRow } from './MessageRow.tsx';
import { QuoteButton } from './quote/QuoteButton.tsx';
import { type Row, useRows } from './useRows.ts';
import { useStickToEnd } from './useStickToEnd.ts';

const earlierPx = 800;
const buffer = 300;
const rowHeight = 320;
const firstRows = 6;
const targetGap = 24;

/** The messages of a chat, only those in sight rendered; earlier ones are read when the reader comes near them. */
export function MessageList({ thread }: { readonly thread: Thread }) {
  const { threads, fail } = useStores();
  const rows = useEndFirst(useRows(thread.order, threads.getState().line));
  const scroller = useRef<HTMLElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const { far, toEnd, leaveEnd } = useStickToEnd(scroller, content);
  const prepended = usePrepended(rows);
  const list = useRef<VirtualizerHandle>(null);
  useTarget(rows, list, leaveEnd);

  // What was just said is where the reader wants to be.
  const last = thread.order.at(-1);
  const { running } = thread;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new last line is the reason to go there
  useEffect(() => {
    if (running) toEnd();
  }, [last, running, toEnd]);

  const onScroll = (offset: number) => {
    if (offset < earlierPx && thread.hasEarlier && !thread.loadingEarlier) {
      threads.getState().loadEarlier(thread.id).catch(fail);
    }
  };

  // Chromium glides to the ends, and stops short where rows on the way turn out taller than guessed.
  const onKeyDown = (event: KeyboardEvent) => {
    if ((event.key !== 'Home' && event.key !== 'End') || event.target !== event.currentTarget) return;
    event.preventDefault();
    if (event.key === 'End') toEnd();
    else scroller.current?.scrollTo(0, 0);
  };

  return (
    <div className="messages">
      <section
        className="messages-scroll"
        aria-label="Messages"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the messages are scrolled by keyboard
        tabIndex={0}
        ref={scroller}
        onKeyDown={onKeyDown}
      >
        <div className="messages-column" ref={content}>
          <Virtualizer
            ref={list}
            data={rows}
            scrollRef={scroller}
            shift={prepended}
            bufferSize={buffer}
            itemSize={rowHeight}
            onScroll={onScroll}
          >
            {(row) => <MessageRow key={row.key} row={row} threadId={thread.id} />}
          </Virtualizer>
        </div>
      </section>
      <QuoteButton />
      {thread.loadingEarlier && <p className="messages-earlier">Reading earlier messages…</p>}
      {far && (
        <Button small icon={ArrowDown} className="messages-jump" onClick={toEnd}>
          Jump to newest
        </Button>
      )}
    </div>
  );
}

// Goes to the line that a search found, as soon as it is among the rows.
function useTarget(
  rows: readonly Row[],
  list: RefObject<VirtualizerHandle | null>,
  leaveEnd: () => void,
): void {
  const { ui } = useStores();
  const line = useStore('ui', (state) => state.target?.line);
  useEffect(() => {
    const index = rows.findIndex((row) => row.line === line);
    if (line === undefined || index < 0) return;
    // After the frame in which the list itself goes to its end.
    const frame = requestAnimationFrame(() => {
      leaveEnd();
      list.current?.scrollToIndex(index, { align: 'start', offset: -targetGap });
      ui.getState().reached();
    });
    return () => cancelAnimationFrame(frame);
  }, [rows, line, list, leaveEnd, ui]);
}

// The end is what the reader came for: it is rendered alone at first, and the rest put above it right after.
function useEndFirst(rows: readonly Row[]): readonly Row[] {
  const [all, setAll] = useState(rows.length <= firstRows);
  useEffect(() => {
    const frame = requestAnimationFrame(() => setAll(true));
    return () => cancelAnimationFrame(frame);
  }, []);
  return useMemo(() => (all ? rows : rows.slice(-firstRows)), [all, rows]);
}

// True in the one render in which rows were added before the first.
function usePrepended(rows: readonly Row[]): boolean {
  const before = useRef(rows);
  const first = before.current[0]?.key;
  const prepended =
    rows !== before.current &&
    first !== undefined &&
    rows[0]?.key !== first &&
    rows.some((row) => row.key === first);
  useLayoutEffect(() => {
    before.current = rows;
  }, [rows]);
  return prepended;
}
