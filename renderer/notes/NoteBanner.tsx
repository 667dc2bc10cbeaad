import { FileX, Lock, TriangleAlert } from 'lucide-react';
import { useStore as useZustand } from 'zustand';
import { useStores } from '../app/stores.tsx';
import { Button } from '../ui/Button.tsx';
import { useDesk } from './desk.ts';
import type { NoteSession } from './session/noteSession.ts';

/** Says why a note cannot be edited or saved, and what can be done. */
export function NoteBanner({ session }: { readonly session: NoteSession }) {
  const { route } = useStores();
  const { sessions } = useDesk();
  const saving = useZustand(session.store, (state) => state.saving);
  const readOnly = useZustand(session.store, (state) => state.readOnly);
  const note = useZustand(session.store, (state) => state.note);
  const close = () => {
    sessions.forget(note);
    route.getState().go({ screen: 'notes' });
  };

  if (saving.kind === 'conflict') {
    return (
      <div className="banner" role="alert">
        <FileX size={16} aria-hidden />
        <span className="banner-text">
          <strong>This note is no longer on the disk.</strong> It was moved, renamed or deleted elsewhere.
          What you see is kept here until you choose.
        </span>
        <Button small onClick={close}>
          Close it
        </Button>
        <Button small onClick={() => void session.keepMine()}>
          Write it again
        </Button>
      </div>
    );
  }
  if (saving.kind === 'failed') {
    return (
      <div className="banner" data-tone="bad" role="alert">
        <TriangleAlert size={16} aria-hidden />
        <span className="banner-text">
          <strong>Not saved.</strong> {saving.problem.message} Your words stay here; Inkling tries again by
          itself.
        </span>
        <Button small onClick={() => void session.flush()}>
          Try now
        </Button>
      </div>
    );
  }
  if (readOnly === null) return null;
  return (
    <div className="banner" role="status">
      <Lock size={16} aria-hidden />
      <span className="banner-text">
        <strong>To read only.</strong> {readOnly}
      </span>
    </div>
  );
}
