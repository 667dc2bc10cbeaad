import { useEffect, useId, useRef } from 'react';
import type { NoteRef } from '../../../electron/contract/noteRef.ts';
import type { LinkChange } from '../../../electron/contract/notes.ts';
import { keyOf } from '../../stores/notesTree.ts';

const mostLines = 200;

/** The lines that a rename would change, by note; a note that is not checked stays as it is. */
export function LinkReview(props: {
  readonly changes: readonly LinkChange[];
  readonly notes: readonly NoteRef[];
  /** Keys of the notes that are not to be changed. */
  readonly left: ReadonlySet<string>;
  readonly onChange: (left: ReadonlySet<string>) => void;
}) {
  const { changes, notes, left, onChange } = props;
  const id = useId();
  const list = useRef<HTMLUListElement>(null);
  // The field that had the focus is gone.
  useEffect(() => list.current?.querySelector('input')?.focus(), []);
  const shown = Map.groupBy(changes.slice(0, mostLines), (change) => keyOf(change.note));
  const toggle = (key: string) => {
    const next = new Set(left);
    if (!next.delete(key)) next.add(key);
    onChange(next);
  };
  return (
    <ul ref={list} className="notes-list link-review" aria-label="Notes with links">
      {notes.map((note, index) => {
        const key = keyOf(note);
        return (
          <li key={key}>
            <label htmlFor={`${id}-${index}`} className="link-review-note">
              <input
                id={`${id}-${index}`}
                type="checkbox"
                checked={!left.has(key)}
                onChange={() => toggle(key)}
              />
              <span className="notes-path" dir="auto">
                {note.path}
              </span>
            </label>
            {shown.get(key)?.map(({ line, before, after }) => (
              <p key={line} className="link-review-line">
                <span className="muted">{line}</span>
                <del>{before.trim()}</del>
                <ins>{after.trim()}</ins>
              </p>
            ))}
          </li>
        );
      })}
    </ul>
  );
}
