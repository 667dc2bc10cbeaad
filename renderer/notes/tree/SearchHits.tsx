import { FileText } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useMemo } from 'react';
import type { SearchedNote } from '../../../electron/contract/noteSources.ts';
import { Snippet } from '../../app/Snippet.tsx';
import { useStore, useStores } from '../../app/stores.tsx';
import { baseName, folderOf, keyOf } from '../../stores/notesTree.ts';
import { rankNotes } from '../../stores/rankNotes.ts';
import { useView } from '../desk.ts';
import { useNoteSearch } from './useNoteSearch.ts';

const mostNames = 6;
const none: readonly never[] = [];

/** What a search found: notes by their names, and passages by their words. */
export function SearchHits() {
  const { notes } = useStores();
  const query = useView((view) => view.query);
  const entries = useStore('notes', (state) => state.entries) ?? none;
  const names = useMemo(() => rankNotes(query, entries, mostNames), [query, entries]);
  const { hits, problem, searching } = useNoteSearch(query);
  const nothing = !searching && hits.length === 0 && names.length === 0;

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the arrows move between the buttons inside
    <div className="notes-hits" onKeyDown={moveFocus}>
      {names.length > 0 && (
        <Group name="Names">
          {names.map((note) => (
            <button
              key={keyOf(note)}
              type="button"
              className="notes-hit"
              onClick={() => notes.getState().openNote(note)}
            >
              <FileText size={14} aria-hidden />
              <span className="notes-hit-words">
                <span className="truncate" dir="auto">
                  {baseName(note.path)}
                </span>
                {folderOf(note.path) && <span className="snippet truncate">{folderOf(note.path)}</span>}
              </span>
            </button>
          ))}
        </Group>
      )}
      {hits.length > 0 && (
        <Group name="In the text">
          {hits.map((hit) => (
            <button
              key={`${keyOf(hit)} ${hit.start}`}
              type="button"
              className="notes-hit"
              onClick={() => notes.getState().openPassage(hit, hit.start, hit.end)}
            >
              <span className="notes-hit-words">
                <span className="truncate" dir="auto">
                  {baseName(hit.path)}
                  {below(hit) && <span className="muted"> › {below(hit)}</span>}
                </span>
                <Snippet text={hit.snippet} />
              </span>
            </button>
          ))}
        </Group>
      )}
      {problem && (
        <p className="notes-none" role="alert">
          {problem}
        </p>
      )}
      {nothing && !problem && <p className="notes-none">Nothing found for “{query.trim()}”.</p>}
    </div>
  );
}

// The first heading is most often the name of the note, which stands there already.
function below({ path, title, heading }: SearchedNote): string {
  const [first = '', ...rest] = heading.split(' › ');
  return first === title || first === baseName(path) ? rest.join(' › ') : heading;
}

function Group({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <section aria-label={name}>
      <h2 className="notes-group">{name}</h2>
      {children}
    </section>
  );
}

// The arrows go through what was found, and up again into the field.
function moveFocus(event: KeyboardEvent): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const hits = [...event.currentTarget.querySelectorAll<HTMLElement>('.notes-hit')];
  const at = hits.indexOf(document.activeElement as HTMLElement);
  event.preventDefault();
  const field = document.querySelector<HTMLElement>('.notes-search input');
  (event.key === 'ArrowDown' ? hits[at + 1] : at > 0 ? hits[at - 1] : field)?.focus();
}
