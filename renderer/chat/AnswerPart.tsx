import { useCallback } from 'react';
import { useStore as useZustand } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import type { Line } from '../stores/line.ts';
import { AnswerFoot } from './AnswerFoot.tsx';
import { AnswerProgress } from './AnswerProgress.tsx';
import { AnswerTrouble } from './AnswerTrouble.tsx';
import { BlockView } from './markdown/BlockView.tsx';
import { codeAt } from './markdown/readCode.ts';
import './markdown/reading.css';
import { definitionsFor } from './markdown/splitBlocks.ts';
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
  const definitions = useZustand(store, (line) => line.doc.split.definitions);
  const whole = useCallback((start: number) => codeAt(store.getState().doc.text, start), [store]);

  return (
    <article
      className="answer"
      data-later={part > 0 || undefined}
      aria-label={part > 0 ? 'Answer, continued' : 'Answer'}
    >
      {part === 0 && <Thought store={store} />}
      <div className="reading">
        {[...blocks, ...tail].map((block) => (
          <BlockView
            key={block.start}
            block={block}
            definitions={definitionsFor(block.text, definitions)}
            whole={whole}
          />
        ))}
      </div>
      {last && (
        <div className="answer-end">
          <AnswerProgress store={store} threadId={threadId} />
          <AnswerTrouble store={store} threadId={threadId} />
          <AnswerFoot store={store} threadId={threadId} />
        </div>
      )}
    </article>
  );
}
