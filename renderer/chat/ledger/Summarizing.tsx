import { useEffect, useState } from 'react';
import type { LedgerEntry } from '../../../electron/contract/ledger.ts';
import { useStores } from '../../app/stores.tsx';
import { Button } from '../../ui/Button.tsx';
import { formatCount } from '../../ui/format.ts';
import { Progress } from '../../ui/Progress.tsx';
import { modelChoice } from '../useModelChoice.ts';
import { numbersOf, turnWords } from './ledgerWords.ts';

/** Turns that are to be summed up: the first and the last message, and their places. */
export interface Stretch {
  readonly from: string;
  readonly to: string;
  readonly numbers: readonly number[];
}

/** The turns that a full window leaves out, from the first to the last; null where there is none. */
export function stretchOf(entries: readonly LedgerEntry[]): Stretch | null {
  const outs = entries.filter(({ reason }) => reason === 'full');
  const from = outs[0]?.messageIds[0];
  const to = outs.at(-1)?.messageIds.at(-1);
  return from === undefined || to === undefined ? null : { from, to, numbers: numbersOf(outs) };
}

interface State {
  readonly words: string;
  readonly fraction: number | null;
  readonly text: string;
  readonly problem: string | null;
}
const begun: State = { words: 'Waiting for the model…', fraction: null, text: '', problem: null };

/** The model sums up some turns; leaving ends it. */
export function Summarizing(props: {
  readonly chat: string;
  readonly stretch: Stretch;
  readonly onEnd: () => void;
}) {
  const { chat, stretch, onEnd } = props;
  const stores = useStores();
  const [state, setState] = useState(begun);
  const { from, to, numbers } = stretch;

  // biome-ignore lint/correctness/useExhaustiveDependencies: it is asked for once; leaving ends it
  useEffect(() => {
    const left = new AbortController();
    const { api, threads, ui } = stores;
    const wish = { conversationId: chat, from, to, modelId: modelChoice(stores) };
    const change = (next: Partial<State>) => setState((now) => ({ ...now, ...next }));
    const run = async () => {
      for await (const event of api.chat.summarize(wish, { signal: left.signal })) {
        if (event.type === 'loading') change({ words: 'Loading the model', fraction: event.fraction });
        if (event.type === 'prefill')
          change({ words: 'Reading', fraction: event.total > 0 ? event.done / event.total : null });
        if (event.type === 'text')
          setState((now) => ({ ...begun, words: 'Writing', text: now.text + event.text }));
        if (event.type !== 'finished') continue;
        if (event.error) return change({ problem: event.error.message });
        await threads.getState().reload(chat);
        ui.getState().announce('The summary is in the chat.');
        onEnd();
      }
    };
    run().catch((error: unknown) => {
      if (!left.signal.aborted) change({ problem: error instanceof Error ? error.message : String(error) });
    });
    return () => left.abort();
  }, []);

  const { words, fraction, text, problem } = state;
  if (problem)
    return (
      <section className="pushed" data-tone="bad" aria-label="Summary">
        <p role="alert">{problem}</p>
        <div className="pushed-choices">
          <Button small onClick={onEnd}>
            Back
          </Button>
        </div>
      </section>
    );
  return (
    <section className="pushed" aria-label="Summary">
      <div className="pushed-line">
        <span>
          Summing up {turnWords(numbers)} · {words}
          {fraction !== null && ` ${formatCount(Math.round(fraction * 100))}%`}
        </span>
        <Button small look="quiet" onClick={onEnd}>
          Cancel
        </Button>
      </div>
      {text === '' ? (
        <Progress label="Summing up" fraction={fraction} />
      ) : (
        <p className="pushed-text">{text}</p>
      )}
    </section>
  );
}
