import { useEffect } from 'react';
import type { NoteRef } from '../../electron/contract/noteRef.ts';
import { Header } from '../app/Header.tsx';
import { useStore, useStores } from '../app/stores.tsx';
import { Button } from '../ui/Button.tsx';
import { FirstUse } from './FirstUse.tsx';
import './Notes.css';
import './Editor.css';
import './Compare.css';
import { NotesDialogs } from './dialogs/NotesDialogs.tsx';
import { Workspace } from './Workspace.tsx';

/** The person's notes: the way to choose a folder, or the folders with what is open of them. */
export function NotesScreen({ note }: { readonly note?: NoteRef }) {
  const { notes } = useStores();
  const folders = useStore('notes', ({ state }) => state?.folders.length);
  const problem = useStore('notes', (state) => state.problem);
  useEffect(() => notes.getState().want(), [notes]);

  return (
    <>
      {folders ? <Workspace note={note ?? null} /> : <Bare folders={folders} problem={problem?.message} />}
      <NotesDialogs />
    </>
  );
}

function Bare({
  folders,
  problem,
}: {
  readonly folders: number | undefined;
  readonly problem?: string | undefined;
}) {
  return (
    <>
      <Header>
        <h1 className="header-title">Notes</h1>
      </Header>
      {folders === 0 ? (
        <FirstUse />
      ) : problem ? (
        <Trouble problem={problem} />
      ) : (
        <div className="screen-wait" />
      )}
    </>
  );
}

function Trouble({ problem }: { readonly problem: string }) {
  return (
    <div className="empty-page" role="alert">
      <h2>The notes cannot be read now</h2>
      <p>{problem} Your files are as they were. Inkling tries again by itself.</p>
      <Button onClick={() => window.location.reload()}>Try now</Button>
    </div>
  );
}
