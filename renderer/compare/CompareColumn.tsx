import { Check, RotateCcw } from 'lucide-react';
import { useStore as useZustand } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import type { Side } from '../../electron/contract/compare.ts';
import { useStores } from '../app/stores.tsx';
import { AnswerText } from '../chat/AnswerText.tsx';
import { Thought } from '../chat/Thought.tsx';
import type { ComparisonView } from '../stores/comparisons.ts';
import type { Line } from '../stores/line.ts';
import { Button } from '../ui/Button.tsx';
import { formatSpeed, plural } from '../ui/format.ts';
import { ColumnProgress } from './ColumnProgress.tsx';

const places = ['Answer 1', 'Answer 2'] as const;

/** One of the two answers. Blind, nothing here tells whose it is until one is picked. */
export function CompareColumn(props: {
  readonly side: Side;
  readonly view: ComparisonView;
  readonly store: StoreApi<Line>;
  readonly onPick: () => void;
}) {
  const { side, view, store, onPick } = props;
  const { comparison, running } = view;
  const { blind, picked } = comparison;
  const hidden = blind && picked === null;
  const { name } = comparison.sides[side].contender;
  const state = useZustand(store, (line) => (line.phase ? 'streaming' : line.message.state));
  const parts = useZustand(store, (line) => Math.max(1, line.doc.parts.length));
  const empty = useZustand(store, (line) => line.message.text === '');
  const mine = picked === (side === 0 ? 'first' : 'second');
  return (
    <section className="compare-column" aria-label={places[side]} data-picked={mine || undefined}>
      <header className="compare-head">
        <h2 className="truncate" title={hidden ? undefined : name}>
          {hidden ? places[side] : name}
        </h2>
        {mine && (
          <span className="compare-picked">
            <Check size={13} aria-hidden /> Your pick
          </span>
        )}
      </header>
      <div className="compare-answer">
        <Thought store={store} />
        {Array.from({ length: parts }, (_, part) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts have no other name than their place
          <AnswerText key={part} store={store} part={part} last={part === parts - 1} />
        ))}
        <ColumnProgress store={store} name={hidden ? null : name} first={side === 0} />
        {state !== 'streaming' && state !== 'done' && (
          <Trouble id={comparison.id} side={side} store={store} running={running} />
        )}
        {!hidden && state === 'done' && <Figures store={store} />}
      </div>
      {picked === null && (
        <Button
          look="primary"
          className="compare-pick"
          disabled={running || empty}
          onClick={onPick}
          aria-label={`This one is better: ${places[side]}`}
        >
          This one is better
        </Button>
      )}
    </section>
  );
}

function Figures({ store }: { readonly store: StoreApi<Line> }) {
  const stats = useZustand(store, (line) => line.message.stats);
  if (!stats) return null;
  const speed = stats.generationTokensPerSecond;
  return (
    <p className="compare-figures">
      {speed !== null && <span>{formatSpeed(speed)}</span>}
      <span>{plural(stats.generatedTokens, 'token')}</span>
    </p>
  );
}

function Trouble(props: {
  readonly id: string;
  readonly side: Side;
  readonly store: StoreApi<Line>;
  readonly running: boolean;
}) {
  const { id, side, store, running } = props;
  const { comparisons, fail } = useStores();
  const message = useZustand(store, (line) => line.message);
  const words = {
    stopped: message.text === '' ? 'Stopped before its first word.' : 'Stopped. What is shown was kept.',
    interrupted: 'This was cut off while it was being written. What is shown was kept.',
    failed: message.error?.message ?? 'The answer could not be finished.',
  } as const;
  const tone = message.state === 'failed' ? 'bad' : undefined;
  if (message.state === 'streaming' || message.state === 'done') return null;
  return (
    <div className="trouble" data-tone={tone}>
      <p>{words[message.state]}</p>
      <Button
        small
        icon={RotateCcw}
        disabled={running}
        onClick={() => comparisons.getState().again(id, side).catch(fail)}
      >
        Write it again
      </Button>
    </div>
  );
}
