import { useStore as useZustand } from 'zustand';
import { useStore, useStores } from '../../app/stores.tsx';
import { keyOf } from '../../stores/notesTree.ts';
import { formatDate, formatSize } from '../../ui/format.ts';
import { useDesk } from '../desk.ts';
import type { NoteSession } from '../session/noteSession.ts';
import { useAsked } from './useAsked.ts';

/** The versions of a note that Inkling replaced. */
export function History({ session }: { readonly session: NoteSession }) {
  const { api } = useStores();
  const { show } = useDesk();
  const note = useZustand(session.store, (state) => state.note);
  const saving = useZustand(session.store, (state) => state.saving.kind);
  const version = useStore('notes', ({ state }) => state?.index.version ?? 0);
  const { value, problem } = useAsked(keyOf(note), `${saving} ${version}`, (signal) =>
    api.notes.history({ note }, { signal }),
  );
  if (problem)
    return (
      <p className="panel-none" role="alert">
        {problem}
      </p>
    );
  if (!value) return null;
  if (value.versions.length === 0)
    return (
      <p className="panel-none">
        Each time a save replaces what the note held, the version before is kept here, outside of your folder.
      </p>
    );
  return (
    <ul className="panel-rows" aria-label="Earlier versions">
      {value.versions.map(({ id, at, size }) => (
        <li key={id}>
          <button type="button" className="panel-row" onClick={() => show({ kind: 'earlier', note, id, at })}>
            <span className="panel-row-top">
              <span className="truncate">{formatDate(at)}</span>
              <span className="panel-why">{formatSize(size)}</span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
