import type { NoteRef } from '../../../electron/contract/noteRef.ts';
import { keyOf } from '../../stores/notesTree.ts';
import { createNoteSession, type NoteSession, type SessionDeps } from './noteSession.ts';

/** The notes that were opened in this window. */
export interface NoteSessions {
  /** The session of a note; the first time, its file is read. */
  open(note: NoteRef): NoteSession;
  find(note: NoteRef): NoteSession | null;
  moved(from: NoteRef, to: NoteRef): void;
  /** Gives a note up, with what is not saved of it. */
  forget(note: NoteRef): void;
  flushAll(): Promise<void>;
  /** Keeps what is not saved for the next life of the page; answers whether something cannot be saved. */
  leave(): boolean;
}

/** Saved notes beyond this many are forgotten, the oldest first. */
const mostOpen = 20;

/** Makes the sessions of a window. Texts that an earlier life of the page could not save are saved first. */
export function createNoteSessions(deps: SessionDeps): NoteSessions {
  const sessions = new Map<string, NoteSession>();
  const isSaved = (session: NoteSession) => session.store.getState().saving.kind === 'saved';

  const open = (note: NoteRef): NoteSession => {
    const key = keyOf(note);
    const known = sessions.get(key);
    // The one used last comes last.
    sessions.delete(key);
    const session = known ?? createNoteSession(note, deps);
    sessions.set(key, session);
    for (const [old, each] of sessions) {
      if (sessions.size <= mostOpen) break;
      if (each !== session && isSaved(each) && !each.document.view()) sessions.delete(old);
    }
    if (!known || known.store.getState().phase === 'failed') void session.load();
    return session;
  };
  for (const { note } of deps.kept.all()) open(note);

  return {
    open,
    find: (note) => sessions.get(keyOf(note)) ?? null,
    moved(from, to) {
      const session = sessions.get(keyOf(from));
      if (!session) return;
      sessions.delete(keyOf(from));
      sessions.set(keyOf(to), session);
      session.moveTo(to);
    },
    forget(note) {
      sessions.get(keyOf(note))?.dispose();
      sessions.delete(keyOf(note));
    },
    async flushAll() {
      await Promise.all([...sessions.values()].map((session) => session.flush()));
    },
    leave() {
      for (const session of sessions.values()) {
        session.keep();
        void session.flush();
      }
      return [...sessions.values()].some((session) => {
        const { kind } = session.store.getState().saving;
        return kind === 'conflict' || kind === 'failed';
      });
    },
  };
}
