import { useEffect, useId, useState } from 'react';
import type { TallyLine } from '../../electron/contract/compare.ts';
import { useStores } from '../app/stores.tsx';
import { tallyWords } from './tallyWords.ts';

const usualTasks = ['general', 'rewrite', 'summarize', 'code', 'notes'];
const shownLines = 3;

/** The kind of work, for which picks are counted; with what was picked for it so far. */
export function TaskField({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (task: string) => void;
}) {
  const { api } = useStores();
  const id = useId();
  const [lines, setLines] = useState<readonly TallyLine[]>([]);
  useEffect(() => {
    const abort = new AbortController();
    api.compare.tally({}, { signal: abort.signal }).then(
      (tally) => setLines(tally.lines),
      () => {},
    );
    return () => abort.abort();
  }, [api]);
  const tasks = [...new Set([...lines.map(({ task }) => task), ...usualTasks])];
  const known = lines
    .filter(({ task }) => task.toLowerCase() === value.trim().toLowerCase())
    .slice(0, shownLines);
  return (
    <div className="field">
      <label htmlFor={id}>Kind of work</label>
      <input
        id={id}
        className="input"
        list={`${id}-tasks`}
        maxLength={60}
        value={value}
        autoComplete="off"
        aria-describedby={`${id}-help`}
        onChange={(event) => onChange(event.target.value)}
      />
      <datalist id={`${id}-tasks`}>
        {tasks.map((task) => (
          <option key={task} value={task} />
        ))}
      </datalist>
      <p id={`${id}-help`} className="field-help">
        {known.length === 0
          ? 'Your picks are counted for each kind of work, on this computer alone.'
          : `So far: ${known.map(tallyWords).join('; ')}`}
      </p>
    </div>
  );
}
