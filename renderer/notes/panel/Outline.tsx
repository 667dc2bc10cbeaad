import { useDeferredValue, useMemo, useRef } from 'react';
import { Virtualizer } from 'virtua';
import { useStore as useZustand } from 'zustand';
import { useStores } from '../../app/stores.tsx';
import { keyOf } from '../../stores/notesTree.ts';
import { headingsOf } from '../editor/headings.ts';
import type { NoteSession } from '../session/noteSession.ts';

const rowHeight = 30;

/** The headings of a note; one that is chosen comes into sight. */
export function Outline({ session }: { readonly session: NoteSession }) {
  const { notes } = useStores();
  const scroller = useRef<HTMLDivElement>(null);
  const revision = useDeferredValue(useZustand(session.store, (state) => state.revision));
  const phase = useZustand(session.store, (state) => state.phase);
  const note = useZustand(session.store, (state) => state.note);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text is read again when it has changed
  const headings = useMemo(() => headingsOf(session.document.state().doc), [session, revision, phase]);
  const go = (at: number) => {
    const from = headings[at]?.from ?? 0;
    const { document } = session;
    const { to } = document.state().doc.lineAt(Math.min(from, document.state().doc.length));
    notes.getState().openPassage(note, document.offsetInFile(from), document.offsetInFile(to));
  };
  if (headings.length === 0) return <p className="panel-none">Headings of this note are listed here.</p>;
  return (
    <nav className="outline" ref={scroller} aria-label="Headings" key={keyOf(note)}>
      <Virtualizer data={headings} scrollRef={scroller} itemSize={rowHeight}>
        {({ level, text }, index) => (
          <button
            key={index}
            type="button"
            className="outline-row truncate"
            style={{ paddingInlineStart: 8 + (level - 1) * 12 }}
            title={text}
            dir="auto"
            onClick={() => go(index)}
          >
            {text}
          </button>
        )}
      </Virtualizer>
    </nav>
  );
}
