import { FileQuestion } from 'lucide-react';
import { useEffect } from 'react';
import { useStore as useZustand } from 'zustand';
import { useStore, useStores } from '../app/stores.tsx';
import { keyOf } from '../stores/notesTree.ts';
import { Button } from '../ui/Button.tsx';
import { ConflictView } from './ConflictView.tsx';
import { useDesk, useView } from './desk.ts';
import { Editor } from './Editor.tsx';
import { NoteBanner } from './NoteBanner.tsx';
import { Reader } from './Reader.tsx';
import type { NoteSession } from './session/noteSession.ts';

/** One note: to edit or to read, with what there is to say about its file. */
export function NoteView({ session }: { readonly session: NoteSession }) {
  const { view } = useDesk();
  const phase = useZustand(session.store, (state) => state.phase);
  const key = useZustand(session.store, ({ note }) => keyOf(note));
  const theirs = useZustand(session.store, ({ saving }) =>
    saving.kind === 'conflict' ? saving.theirs : null,
  );
  const wanted = useStore('notes', ({ passage }) => passage?.key === key);
  const reading = useView((state) => state.reading);
  // A passage is marked in the text as it stands.
  useEffect(() => {
    if (wanted) view.setState({ reading: false });
  }, [view, wanted]);

  if (phase === 'failed') return <Failed session={session} />;
  if (phase === 'loading') return <div className="note-editor" aria-busy />;
  if (theirs !== null) return <ConflictView session={session} theirs={theirs} />;
  return (
    <>
      <NoteBanner session={session} />
      {reading ? <Reader session={session} /> : <Editor session={session} />}
    </>
  );
}

function Failed({ session }: { readonly session: NoteSession }) {
  const { route } = useStores();
  const problem = useZustand(session.store, (state) => state.problem);
  return (
    <div className="empty-page" role="alert">
      <FileQuestion size={36} strokeWidth={1.2} aria-hidden className="muted" />
      <h2>This note cannot be opened</h2>
      <p>{problem?.message}</p>
      <div className="empty-buttons">
        <Button onClick={() => route.getState().go({ screen: 'notes' })}>All notes</Button>
        <Button look="primary" onClick={() => void session.load()}>
          Try again
        </Button>
      </div>
    </div>
  );
}
