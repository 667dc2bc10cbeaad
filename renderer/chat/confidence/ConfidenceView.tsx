import { X } from 'lucide-react';
import { useMemo } from 'react';
import { useStore as useZustand } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import { useStore, useStores } from '../../app/stores.tsx';
import type { Reading } from '../../stores/confidence.ts';
import type { Line } from '../../stores/line.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { formatCount } from '../../ui/format.ts';
import { Progress } from '../../ui/Progress.tsx';
import './Confidence.css';
import { Words } from './Words.tsx';
import { surenessSteps, toWords } from './words.ts';

/** An answer as its words, each by how likely the model found it, in place of the page. */
export function ConfidenceView(props: {
  readonly store: StoreApi<Line>;
  readonly threadId: string;
  readonly reading: Reading;
}) {
  const { store, threadId, reading } = props;
  const { confidence } = useStores();
  const words = useMemo(() => toWords(reading.tokens), [reading.tokens]);
  const { id, text } = store.getState().message;
  return (
    <section className="confidence" aria-label="How likely each word was">
      <div className="confidence-head">
        <ul className="confidence-legend" aria-label="What the marks mean">
          {surenessSteps.map(({ step, label }) => (
            <li key={step}>
              <span className="confidence-word" data-sure={step}>
                word
              </span>{' '}
              {label}
            </li>
          ))}
        </ul>
        <IconButton small icon={X} label="Hide the marks" onClick={() => confidence.getState().hide(id)} />
      </div>
      {reading.state === 'failed' && (
        <div className="trouble" data-tone="bad" role="alert">
          <p>{reading.problem} The answer stays as it is.</p>
          <Button small onClick={() => void confidence.getState().show(threadId, id)}>
            Try again
          </Button>
        </div>
      )}
      <Words words={words} threadId={threadId} store={store} />
      {reading.state !== 'ready' && <Rest text={text} known={words.length} reading={reading} />}
    </section>
  );
}

/** What is not known yet of the answer, and how far the model is with it. */
function Rest({
  text,
  known,
  reading,
}: {
  readonly text: string;
  readonly known: number;
  readonly reading: Reading;
}) {
  const read = reading.tokens.reduce((sum, token) => sum + token.text.length, 0);
  return (
    <>
      {reading.state === 'reading' && <ReadingProgress reading={reading} fraction={read / text.length} />}
      <div className="confidence-text reading" data-pending dir="auto">
        {known === 0 ? text : text.slice(read)}
      </div>
    </>
  );
}

function ReadingProgress({ reading, fraction }: { readonly reading: Reading; readonly fraction: number }) {
  const { progress } = reading;
  if (progress?.type === 'waiting')
    return <p className="progress-words">Waiting: {formatCount(progress.ahead)} ahead of this one</p>;
  const loads = progress?.type === 'loading';
  const words = loads ? 'Loading the model that wrote it' : 'The model reads its answer again';
  return (
    <div className="progress-box">
      <div className="progress-line">{words}</div>
      <Progress label={words} fraction={loads ? progress.fraction : fraction} />
    </div>
  );
}

/** The reading of a line's answer, if it is shown. */
export function useReading(store: StoreApi<Line>): Reading | null {
  // One that is being written may still go by the name of the answer that it goes on from.
  const id = useZustand(store, (line) => (line.phase ? '' : line.message.id));
  return useStore('confidence', ({ readings }) => readings.get(id) ?? null);
}
