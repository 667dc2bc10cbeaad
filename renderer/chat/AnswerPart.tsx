import { useMemo } from 'react';
import { useStore as useZustand } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import type { Line } from '../stores/line.ts';
import './Answer.css';
import { AnswerFoot } from './AnswerFoot.tsx';
import { AnswerProgress } from './AnswerProgress.tsx';
import { AnswerText } from './AnswerText.tsx';
import { AnswerTrouble } from './AnswerTrouble.tsx';
import { ConfidenceView, useReading } from './confidence/ConfidenceView.tsx';
import { SourceList } from './sources/SourceList.tsx';
import { formatWords, readStructured } from './structured/readStructured.ts';
import { StructuredAnswer } from './structured/StructuredAnswer.tsx';
import { Thought } from './Thought.tsx';

/** A part of an answer, written like a page; the last part also holds what still grows and what there is to say about it. */
export function AnswerPart(props: {
  readonly store: StoreApi<Line>;
  readonly part: number;
  readonly last: boolean;
  readonly threadId: string;
}) {
  const { store, part, last, threadId } = props;
  const reading = useReading(store);
  const message = useZustand(store, (line) =>
    line.phase === null && line.message.format ? line.message : null,
  );
  const structured = useMemo(() => (message ? readStructured(message) : undefined), [message]);
  const formatNote = message && formatWords(message);

  return (
    <article
      className="answer"
      data-later={part > 0 || undefined}
      aria-label={part > 0 ? 'Answer, continued' : 'Answer'}
    >
      {part === 0 && <Thought store={store} />}
      {reading ? (
        part === 0 && <ConfidenceView store={store} threadId={threadId} reading={reading} />
      ) : structured ? (
        part === 0 && <StructuredAnswer value={structured.value} />
      ) : (
        <AnswerText store={store} part={part} last={last} />
      )}
      {last && (
        <div className="answer-end">
          <AnswerProgress store={store} threadId={threadId} />
          <SourceList store={store} />
          {formatNote && <p className="mark-note">{formatNote}</p>}
          <AnswerTrouble store={store} threadId={threadId} />
          <AnswerFoot store={store} threadId={threadId} />
        </div>
      )}
    </article>
  );
}
