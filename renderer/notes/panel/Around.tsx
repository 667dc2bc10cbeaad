import type { ReactNode } from 'react';
import { useStore as useZustand } from 'zustand';
import type { Surroundings } from '../../../electron/contract/notes.ts';
import { useStore, useStores } from '../../app/stores.tsx';
import { keyOf } from '../../stores/notesTree.ts';
import { plural } from '../../ui/format.ts';
import type { NoteSession } from '../session/noteSession.ts';
import { Graph } from './Graph.tsx';
import { useAsked } from './useAsked.ts';

type Mention = Surroundings['backlinks'][number];

/** The notes that have to do with this one: related by words or links, linking here, or naming it. */
export function Around({ session }: { readonly session: NoteSession }) {
  const { api } = useStores();
  const note = useZustand(session.store, (state) => state.note);
  const version = useStore('notes', ({ state }) => state?.index.version ?? 0);
  const { value, problem } = useAsked(keyOf(note), String(version), (signal) =>
    api.notes.around({ note }, { signal }),
  );
  if (problem)
    return (
      <p className="panel-none" role="alert">
        {problem}
      </p>
    );
  if (!value) return null;
  const { related, backlinks, mentions } = value;
  return (
    <>
      <Section name="Related" none={related.length === 0 && 'Notes about the same things are listed here.'}>
        {related.map((each) => (
          <Row key={keyOf(each)} note={each} place={null} aside={each.why} quote={each.text} />
        ))}
      </Section>
      <Section name="Linked from" none={backlinks.length === 0 && 'No other note links here yet.'}>
        <ByNote mentions={backlinks} word="link" />
      </Section>
      {mentions.length > 0 && (
        <Section name="Named without a link" none={false}>
          <ByNote mentions={mentions} word="place" />
        </Section>
      )}
      <Graph note={note} around={value} />
    </>
  );
}

function Section(props: {
  readonly name: string;
  readonly none: string | false;
  readonly children: ReactNode;
}) {
  return (
    <section className="panel-section" aria-label={props.name}>
      <h2>{props.name}</h2>
      {props.none ? (
        <p className="panel-none">{props.none}</p>
      ) : (
        <ul className="panel-rows">{props.children}</ul>
      )}
    </section>
  );
}

function ByNote({ mentions, word }: { readonly mentions: readonly Mention[]; readonly word: string }) {
  return [...Map.groupBy(mentions, keyOf)].map(([key, [first, ...more]]) =>
    first ? (
      <Row key={key} note={first} place={first} aside={plural(more.length + 1, word)} quote={first.text} />
    ) : null,
  );
}

function Row(props: {
  readonly note: { readonly folderId: string; readonly path: string };
  /** The passage to open; null opens the note. */
  readonly place: { readonly start: number; readonly end: number } | null;
  readonly aside: string;
  readonly quote: string;
}) {
  const { notes } = useStores();
  const { note, place } = props;
  const open = () =>
    place ? notes.getState().openPassage(note, place.start, place.end) : notes.getState().openNote(note);
  return (
    <li>
      <button type="button" className="panel-row" onClick={open}>
        <span className="panel-row-top">
          <span className="truncate" dir="auto">
            {note.path}
          </span>
          <span className="panel-why">{props.aside}</span>
        </span>
        {props.quote.trim() && (
          <span className="panel-quote" dir="auto">
            “{props.quote.trim()}”
          </span>
        )}
      </button>
    </li>
  );
}
