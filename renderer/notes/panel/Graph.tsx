import { type KeyboardEvent, useState } from 'react';
import type { NoteRef } from '../../../electron/contract/noteRef.ts';
import type { Surroundings } from '../../../electron/contract/notes.ts';
import { useStores } from '../../app/stores.tsx';
import { baseName, keyOf } from '../../stores/notesTree.ts';
import { type Neighbour, neighboursOf } from './neighbours.ts';

const size = 220;
const middle = size / 2;
const ring = 92;

const kinds: Readonly<Record<Neighbour['kind'], string>> = {
  in: 'links here',
  out: 'linked from here',
  both: 'linked both ways',
  near: 'about the same',
};

/** The notes nearest to this one as a small drawing; the lists beside it say the same in words. */
export function Graph({ note, around }: { readonly note: NoteRef; readonly around: Surroundings }) {
  const { notes } = useStores();
  const [pointed, setPointed] = useState<string | null>(null);
  const neighbours = neighboursOf(note, around);
  const named = neighbours.find((each) => keyOf(each.note) === pointed);
  if (neighbours.length === 0) return null;
  const open = (each: Neighbour) => notes.getState().openNote(each.note);
  const onKeyDown = (event: KeyboardEvent, each: Neighbour) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    open(each);
  };
  const at = ({ x, y }: Neighbour) => ({ x: middle + x * ring, y: middle + y * ring });
  return (
    <section className="panel-section" aria-label="Map">
      <h2>Map</h2>
      <svg className="graph" viewBox={`0 0 ${size} ${size}`}>
        <title>Notes around this one</title>
        {neighbours.map((each) => (
          <line
            key={keyOf(each.note)}
            x1={middle}
            y1={middle}
            x2={at(each).x}
            y2={at(each).y}
            data-kind={each.kind}
            data-pointed={keyOf(each.note) === pointed || undefined}
          />
        ))}
        <circle className="graph-self" cx={middle} cy={middle} r={8} />
        {neighbours.map((each) => (
          // biome-ignore lint/a11y/useSemanticElements: a drawing has no buttons of its own
          <circle
            key={keyOf(each.note)}
            className="graph-note"
            role="button"
            tabIndex={0}
            aria-label={`${baseName(each.note.path)}, ${kinds[each.kind]}`}
            cx={at(each).x}
            cy={at(each).y}
            r={7}
            data-kind={each.kind}
            onClick={() => open(each)}
            onKeyDown={(event) => onKeyDown(event, each)}
            onFocus={() => setPointed(keyOf(each.note))}
            onBlur={() => setPointed(null)}
            onMouseEnter={() => setPointed(keyOf(each.note))}
            onMouseLeave={() => setPointed(null)}
          />
        ))}
      </svg>
      <p className="graph-name truncate" aria-hidden>
        {named ? `${baseName(named.note.path)} · ${kinds[named.kind]}` : 'Point at a note to see its name.'}
      </p>
    </section>
  );
}
