import { useCallback, useMemo } from 'react';
import { useStore as useZustand } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import type { Line } from '../stores/line.ts';
import './Answer.css';
import { AnswerFoot } from './AnswerFoot.tsx';
import { AnswerProgress } from './AnswerProgress.tsx';
import { AnswerTrouble } from './AnswerTrouble.tsx';
import { BlockGroup, groupBlocks } from './markdown/BlockGroup.tsx';
import { codeAt } from './markdown/readCode.ts';
import './markdown/reading.css';
import { citationDefinitions } from './sources/citations.ts';
import { SourceList } from './sources/SourceList.tsx';
import { SourcesProvider } from './sources/SourcesContext.tsx';
import { Thought } from './Thought.tsx';

const none: readonly never[] = [];

/** A part of an answer, written like a page; the last part also holds what still grows and what there is to say about it. */
export function AnswerPart(props: {
  readonly store: StoreApi<Line>;
  readonly part: number;
  readonly last: boolean;
  readonly threadId: string;
}) {
  const { store, part, last, threadId } = props;
  const blocks = useZustand(store, (line) => line.doc.parts[part] ?? none);
  const tail = useZustand(store, (line) => (last ? line.doc.split.tail : none));
  const goesOn = useZustand(store, ({ doc }) => Boolean((doc.parts[part + 1] ?? doc.split.tail)[0]?.joins));
  const defined = useZustand(store, (line) => line.doc.split.definitions);
  const sources = useZustand(store, (line) => line.message.notes?.sources ?? none);
  const definitions = useMemo(
    () => (sources.length === 0 ? defined : new Map([...defined, ...citationDefinitions(sources)])),
    [defined, sources],
  );
  const groups = useMemo(() => groupBlocks([...blocks, ...tail]), [blocks, tail]);
  const whole = useCallback((start: number) => codeAt(store.getState().doc.text, start), [store]);

  return (
    <article
      className="answer"
      data-later={part > 0 || undefined}
      aria-label={part > 0 ? 'Answer, continued' : 'Answer'}
    >
      {part === 0 && <Thought store={store} />}
      <SourcesProvider value={sources}>
        <div className="reading">
          {groups.map((group, index) => (
            <BlockGroup
              key={group[0].start}
              blocks={group}
              goesOn={index < groups.length - 1 ? Boolean(groups[index + 1]?.[0].joins) : !last && goesOn}
              definitions={definitions}
              whole={whole}
            />
          ))}
        </div>
      </SourcesProvider>
      {last && (
        <div className="answer-end">
          <AnswerProgress store={store} threadId={threadId} />
          <SourceList store={store} />
          <AnswerTrouble store={store} threadId={threadId} />
          <AnswerFoot store={store} threadId={threadId} />
        </div>
      )}
    </article>
  );
}
