import { undo } from '@codemirror/commands';
import type { Stores } from '../app/stores.tsx';
import { baseName, fileName, folderOf } from '../stores/notesTree.ts';
import { linkTo, rankNotes } from '../stores/rankNotes.ts';
import type { NotesDialog } from './desk.ts';
import type { LinkInNote } from './editor/linkAt.ts';
import { editorSetup } from './editor/setup.ts';
import { findTarget, followLink } from './followLink.ts';
import { createKeptTexts } from './session/keptTexts.ts';
import type { NoteSession } from './session/noteSession.ts';
import { createNoteSessions, type NoteSessions } from './session/noteSessions.ts';
import { tagsOf } from './tags.ts';

const offered = 50;

/** Makes the sessions of this window, which save when it is left and look at their files when it comes back. */
export function openSessions(stores: Stores, show: (dialog: NotesDialog) => void): NoteSessions {
  const { api, notes, toasts, connectionState } = stores;
  const entries = () => notes.getState().entries ?? [];
  const tags = tagsOf(stores);

  const worldOf = (session: NoteSession) => {
    const noteOf = () => session.store.getState().note;
    return {
      writable: {
        names: (typed: string) =>
          rankNotes(typed, entries(), offered)
            .filter(({ folderId }) => folderId === noteOf().folderId)
            .map((note) => ({ link: linkTo(note, entries()), place: folderOf(note.path) })),
        tags,
      },
      openLink: (link: LinkInNote) => followLink(stores, show, noteOf(), link),
      linkWords(link: LinkInNote) {
        if (link.kind === 'address') return 'Open link…';
        const found = findTarget(stores, noteOf(), link.target);
        return found ? `Open ${baseName(found.path)}` : `Create “${baseName(link.target)}”`;
      },
      onLeave: () => void session.flush(),
    };
  };
  const sessions = createNoteSessions({
    api: api.notes,
    kept: createKeptTexts(window.sessionStorage),
    extensions: (session, doc) => editorSetup(worldOf(session), doc),
    onMerged(session) {
      const { note } = session.store.getState();
      toasts
        .getState()
        .show(`${fileName(note.path)} was also changed elsewhere. Both changes are in it now.`, {
          ms: 10_000,
          action: { label: 'Undo theirs', run: () => undoIn(session) },
        });
    },
  });

  const look = () => {
    const { route } = stores.route.getState();
    if (route.screen === 'notes' && route.note) void sessions.find(route.note)?.refresh();
  };
  let version = notes.getState().state?.index.version;
  notes.subscribe(({ state }) => {
    if (state?.index.version === version) return;
    version = state?.index.version;
    look();
  });
  connectionState.subscribe((next, before) => {
    if (next.state === 'open' && next.epoch !== before.epoch) void sessions.flushAll();
  });
  window.addEventListener('focus', look);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') sessions.leave();
  });
  window.addEventListener('pagehide', () => sessions.leave());
  window.addEventListener('beforeunload', (event) => {
    // Only what cannot be saved is worth a question.
    if (sessions.leave()) event.preventDefault();
  });
  return sessions;
}

function undoIn({ document }: NoteSession): void {
  undo({ state: document.state(), dispatch: (transaction) => document.apply(transaction) });
  document.view()?.focus();
}
