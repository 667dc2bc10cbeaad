import { useStore as useZustand } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import { assertNever } from '../../electron/base/assertNever.ts';
import { useStore, useStores } from '../app/stores.tsx';
import { findModel } from '../stores/library.ts';
import type { Line, Phase } from '../stores/line.ts';
import { Button } from '../ui/Button.tsx';
import { formatCount, formatLeft } from '../ui/format.ts';
import { Progress } from '../ui/Progress.tsx';

/** A shorter time is over before anybody has read it, ms. */
const worthTelling = 1_000;

/** What goes on before the words come: waiting, loading, reading. */
export function AnswerProgress({
  store,
  threadId,
}: {
  readonly store: StoreApi<Line>;
  readonly threadId: string;
}) {
  const phase = useZustand(store, (line) => line.phase);
  const saving = useZustand(store, (line) => line.saving);
  const { threads } = useStores();
  return (
    <>
      {phase && <PhaseView phase={phase} onCancel={() => threads.getState().stop(threadId)} />}
      {saving && (
        <p className="mark-note" data-tone="bad" role="alert">
          This answer is not being saved: {saving.message} The text stays here; copy it if you need it.
        </p>
      )}
    </>
  );
}

function PhaseView({ phase, onCancel }: { readonly phase: Phase; readonly onCancel: () => void }) {
  const library = useStore('library', (state) => state.library);
  switch (phase.kind) {
    case 'sending':
      return <p className="progress-words">Sending…</p>;
    case 'waiting':
      return (
        <p className="progress-words">
          {phase.ahead === 0
            ? 'Waiting for the model…'
            : `Waiting: ${formatCount(phase.ahead)} ahead of this one`}
        </p>
      );
    case 'loading': {
      const name = findModel(library, phase.modelId)?.name ?? 'the model';
      const words =
        phase.step === 'measuring'
          ? 'Finding the best number of threads'
          : `Loading ${name} · ${Math.round(phase.fraction * 100)}%`;
      return (
        <div className="progress-box">
          <div className="progress-line">
            <span className="truncate">{words}</span>
            <Button small look="quiet" onClick={onCancel}>
              Cancel
            </Button>
          </div>
          <Progress label={words} fraction={phase.step === 'measuring' ? null : phase.fraction} />
        </div>
      );
    }
    case 'prefill': {
      const { done, total, leftMs } = phase;
      return (
        <div className="progress-box">
          <div className="progress-line">
            <span>
              Reading the prompt · {formatCount(done)} of {formatCount(total)} tokens
            </span>
            {leftMs !== null && leftMs >= worthTelling && (
              <span className="progress-left">{formatLeft(leftMs / 1000)}</span>
            )}
          </div>
          <Progress label="Reading the prompt" fraction={total > 0 ? done / total : null} />
        </div>
      );
    }
    case 'thinking':
      return null;
    case 'writing':
      return null;
    default:
      return assertNever(phase);
  }
}
