import { useStore as useZustand } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import { assertNever } from '../../electron/base/assertNever.ts';
import type { Line, Phase } from '../stores/line.ts';
import { formatCount } from '../ui/format.ts';
import { Progress } from '../ui/Progress.tsx';

/** What goes on before the words of a compared answer come. `name` is null while it is hidden. */
export function ColumnProgress(props: {
  readonly store: StoreApi<Line>;
  readonly name: string | null;
  /** It is the first to be written. */
  readonly first: boolean;
}) {
  const phase = useZustand(props.store, (line) => line.phase);
  const shown = phase && wordsOf(phase, props);
  if (!shown) return null;
  if (shown.fraction === undefined) return <p className="progress-words">{shown.words}</p>;
  return (
    <div className="progress-box">
      <div className="progress-line">{shown.words}</div>
      <Progress label={shown.words} fraction={shown.fraction} />
    </div>
  );
}

function wordsOf(
  phase: Phase,
  { name, first }: { readonly name: string | null; readonly first: boolean },
): { readonly words: string; readonly fraction?: number | null } | null {
  switch (phase.kind) {
    case 'sending':
    case 'waiting':
      return {
        words: first
          ? 'Waiting for the model…'
          : 'Waits for the other answer: they come one after the other.',
      };
    case 'loading': {
      const model = name === null ? 'the next model' : name;
      return {
        words: `Loading ${model} · ${Math.round(phase.fraction * 100)}%`,
        fraction: phase.step === 'measuring' ? null : phase.fraction,
      };
    }
    case 'prefill':
      return {
        words: `Reading the prompt · ${formatCount(phase.done)} of ${formatCount(phase.total)} tokens`,
        fraction: phase.total > 0 ? phase.done / phase.total : null,
      };
    case 'thinking':
    case 'writing':
      return null;
    default:
      return assertNever(phase);
  }
}
