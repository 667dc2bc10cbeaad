import { ChevronRight, SearchX, TriangleAlert } from 'lucide-react';
import { Collapsible } from 'radix-ui';
import { useStore as useZustand } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import type { AnswerNotes, Source } from '../../../electron/contract/noteSources.ts';
import { useStores } from '../../app/stores.tsx';
import type { Line } from '../../stores/line.ts';
import { plural } from '../../ui/format.ts';
import { type Doubt, doubtful } from './citations.ts';
import { openSource, placeOf } from './openSource.ts';
import { reasonWords } from './reasonWords.ts';
import './SourceList.css';

/** Under an answer from notes: what it cites, why each passage was chosen, and what no passage bears out. */
export function SourceList({ store }: { readonly store: StoreApi<Line> }) {
  const notes = useZustand(store, (line) => line.message.notes);
  const text = useZustand(store, (line) => (line.phase === null ? line.message.text : null));
  if (!notes) return null;
  if (notes.absent) return <Absent notes={notes} />;
  const cited = new Set(notes.claims.flatMap(({ sources }) => sources));
  // While it is written, all that was found is shown; then first what it cites.
  const used =
    text === null || cited.size === 0
      ? notes.sources
      : notes.sources.filter(({ number }) => cited.has(number));
  const others = notes.sources.filter((source) => !used.includes(source));
  return (
    <section className="sources" aria-label="Sources">
      {text !== null && <Doubts text={text} notes={notes} />}
      <h4>{cited.size > 0 || text === null ? 'Sources' : 'Read, but not cited'}</h4>
      <ol>
        {used.map((source) => (
          <SourceRow key={source.number} source={source} />
        ))}
      </ol>
      {others.length > 0 && (
        <Folded title={`${plural(others.length, 'passage')} more read, not cited`}>
          <ol>
            {others.map((source) => (
              <SourceRow key={source.number} source={source} />
            ))}
          </ol>
        </Folded>
      )}
    </section>
  );
}

function SourceRow({ source }: { readonly source: Source }) {
  const stores = useStores();
  return (
    <li>
      <button type="button" className="source" onClick={() => openSource(stores, source)}>
        <span className="source-number">{source.number}</span>
        <span className="source-place" dir="auto">
          {placeOf(source)}
        </span>
        <q className="source-text" dir="auto">
          {source.text.replace(/\s+/g, ' ').trim()}
        </q>
      </button>
      <Folded title="Why this passage">
        <p>{reasonWords(source)}</p>
      </Folded>
    </li>
  );
}

const whys = {
  uncited: '(cites no source)',
  words: '(its source does not say so)',
  model: '(the model finds that its source does not say so)',
} as const satisfies Record<Doubt['why'], string>;

function Doubts({ text, notes }: { readonly text: string; readonly notes: AnswerNotes }) {
  const doubts = doubtful(text, notes);
  const wells = notes.scope === null ? 'the attached file' : 'your notes';
  if (doubts.length === 0) return null;
  return (
    <div className="doubts" role="note">
      <TriangleAlert size={15} aria-hidden />
      <div>
        <p>
          {doubts.length === 1
            ? `Not borne out by ${wells}:`
            : `${doubts.length} statements are not borne out by ${wells}:`}
        </p>
        <ul>
          {doubts.slice(0, 5).map((doubt, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes once the answer has ended
            <li key={index} dir="auto">
              “{doubt.text}” {whys[doubt.why]}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

function Absent({ notes }: { readonly notes: AnswerNotes }) {
  return (
    <section className="sources" aria-label="Sources">
      <p className="absent">
        <SearchX size={15} aria-hidden />
        {notes.sources.length === 0 && notes.scope !== null
          ? 'No passage of your notes shares a word with the question. Try other words, or a wider choice of notes.'
          : `${plural(notes.sources.length, 'passage')} came near. A model may overlook it there; see for yourself.`}
      </p>
      {notes.sources.length > 0 && (
        <Folded title="What was read">
          <ol>
            {notes.sources.map((source) => (
              <SourceRow key={source.number} source={source} />
            ))}
          </ol>
        </Folded>
      )}
    </section>
  );
}

function Folded({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  return (
    <Collapsible.Root className="folded">
      <Collapsible.Trigger className="folded-head">
        <ChevronRight size={14} aria-hidden />
        {title}
      </Collapsible.Trigger>
      <Collapsible.Content>{children}</Collapsible.Content>
    </Collapsible.Root>
  );
}
