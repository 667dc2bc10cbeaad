import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import type { NoteRef } from '../../electron/contract/noteRef.ts';
import { keyOf } from '../stores/notesTree.ts';
import { useDesk, useView } from './desk.ts';
import { IndexLine } from './IndexLine.tsx';
import { NoNote } from './NoNote.tsx';
import { NoteHeader } from './NoteHeader.tsx';
import { NoteView } from './NoteView.tsx';
import { SidePanel } from './panel/SidePanel.tsx';
import type { NoteSession } from './session/noteSession.ts';
import { NotesPane } from './tree/NotesPane.tsx';
import { useRoom } from './useRoom.ts';

/** The list of notes, the note, and what is around it; what has no room beside the note lies over it. */
export function Workspace({ note }: { readonly note: NoteRef | null }) {
  const { view, sessions } = useDesk();
  const frame = useRef<HTMLDivElement>(null);
  const room = useRoom(frame);
  const { tree, panel, over } = useView((state) => state);
  const key = note ? keyOf(note) : '';
  // biome-ignore lint/correctness/useExhaustiveDependencies: a note is opened once, however often this renders
  const session = useMemo(() => note && sessions.open(note), [sessions, key]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what lay over the last note leaves with it
  useEffect(() => view.setState({ over: null }), [key, room, view]);

  const comparing = useComparing(session);
  const treeBeside = room !== 'narrow';
  const panelBeside = room === 'wide';
  const showTree = treeBeside ? tree : over === 'tree';
  // Two versions side by side need the room.
  const showPanel = session !== null && !comparing && (panelBeside ? panel : over === 'panel');
  const toggle = (part: 'tree' | 'panel', beside: boolean) => {
    const now = view.getState();
    view.setState(beside ? { [part]: !now[part] } : { over: now.over === part ? null : part });
  };

  return (
    <div className="notes" ref={frame} data-room={room}>
      <div className="notes-main">
        <NoteHeader
          session={session}
          onTree={() => toggle('tree', treeBeside)}
          onPanel={() => toggle('panel', panelBeside)}
        />
        <div className="notes-middle">
          {showTree && <NotesPane current={note} over={!treeBeside} />}
          <section className="note" aria-label="Note">
            {session ? <NoteView key={key} session={session} /> : <NoNote />}
            <IndexLine />
          </section>
        </div>
      </div>
      {showPanel && session && <SidePanel session={session} over={!panelBeside} />}
      {((showTree && !treeBeside) || (showPanel && !panelBeside)) && (
        <div className="notes-veil" aria-hidden onClick={() => view.setState({ over: null })} />
      )}
    </div>
  );
}

const never = () => () => {};

/** Whether both versions of a note are shown. */
function useComparing(session: NoteSession | null): boolean {
  return useSyncExternalStore(session?.store.subscribe ?? never, () => {
    const saving = session?.store.getState().saving;
    return saving?.kind === 'conflict' && saving.theirs !== null;
  });
}
