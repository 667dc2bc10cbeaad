import { useRef } from 'react';
import { useStore, useStores } from '../app/stores.tsx';
import { formatCount } from '../ui/format.ts';
import { Progress } from '../ui/Progress.tsx';
import { useDesk } from './desk.ts';
import { foundBy, indexWords } from './indexWords.ts';

/** The line below a note: how far the index is, what it holds, and by what notes are found. */
export function IndexLine() {
  const { show } = useDesk();
  const { notes, fail } = useStores();
  const found = useRef<HTMLButtonElement>(null);
  const waits = useStore('notes', ({ state }) => state?.waitsForPower ?? false);
  const index = useStore('notes', ({ state }) => state?.index);
  const meaning = useStore('notes', ({ state }) => state?.meaning ?? 'none');
  if (!index) return null;
  const { label, tone, busy, fraction, detail } = indexWords(index, meaning, waits);
  return (
    <section className="index-line" aria-label="Index of the notes">
      <span className="index-state" data-tone={tone}>
        {label}
      </span>
      <span className="index-detail truncate" title={detail}>
        {detail}
      </span>
      {waits && index.phase === 'embedding' && (
        <button
          type="button"
          className="index-link"
          title="Learns the meaning on battery, too, until it was charged again"
          onClick={() => {
            // This button goes; the focus is not to go with it.
            found.current?.focus();
            notes.getState().learnOnBattery().catch(fail);
          }}
        >
          Go on anyway
        </button>
      )}
      {index.skipped > 0 && (
        <button type="button" className="index-link" onClick={() => show({ kind: 'skipped' })}>
          {formatCount(index.skipped)} skipped
        </button>
      )}
      <span className="header-space" />
      <button
        ref={found}
        type="button"
        className="index-link"
        title="How notes are found"
        onClick={() => show({ kind: 'embedding' })}
      >
        {foundBy[meaning]}
      </button>
      {busy && <Progress label={label} fraction={fraction} />}
    </section>
  );
}
