import { useEffect, useRef } from 'react';
import { useStore as useZustand } from 'zustand';
import { useStore, useStores } from '../app/stores.tsx';
import { keyOf } from '../stores/notesTree.ts';
import { showPassage } from './editor/passageMark.ts';
import { toEditor } from './session/lineEnds.ts';
import type { NoteSession } from './session/noteSession.ts';

/** The text of a note, to be edited. */
export function Editor({ session }: { readonly session: NoteSession }) {
  const { notes } = useStores();
  const host = useRef<HTMLDivElement>(null);
  const key = useZustand(session.store, ({ note }) => keyOf(note));
  const passage = useStore('notes', (state) => (state.passage?.key === key ? state.passage : null));
  useEffect(() => {
    if (!host.current) return;
    const leave = session.document.mount(host.current);
    return () => {
      leave();
      void session.flush();
    };
  }, [session]);
  const focus = useStore('notes', (state) => state.focus === key);
  useEffect(() => {
    if (!focus) return;
    notes.setState({ focus: null });
    session.document.view()?.focus();
  }, [notes, session, focus]);
  useEffect(() => {
    const view = session.document.view();
    if (!passage || !view) return;
    // Shown once: coming back to the note later finds it where it was left.
    notes.setState({ passage: null });
    const text = session.document.text();
    showPassage(view, toEditor(text, passage.start), toEditor(text, passage.end));
  }, [notes, session, passage]);
  return <div className="note-editor" ref={host} />;
}
