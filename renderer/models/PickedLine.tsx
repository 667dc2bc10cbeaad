import { useEffect, useState } from 'react';
import type { TallyLine } from '../../electron/contract/compare.ts';
import { useStores } from '../app/stores.tsx';
import { formatCount } from '../ui/format.ts';

const shownTasks = 3;

/** What a person picked a model for when comparing answers; nothing where it never was compared. */
export function PickedLine({ modelId }: { readonly modelId: string }) {
  const { api } = useStores();
  const [lines, setLines] = useState<readonly TallyLine[]>([]);
  useEffect(() => {
    const abort = new AbortController();
    api.compare.tally({}, { signal: abort.signal }).then(
      (tally) => setLines(tally.lines.filter((line) => line.modelId === modelId)),
      () => {},
    );
    return () => abort.abort();
  }, [api, modelId]);
  if (lines.length === 0) return null;
  return (
    <p className="small" title={lines.map(({ name }) => name).join(', ')}>
      {lines.slice(0, shownTasks).map(wordsOf).join(' · ')}
    </p>
  );
}

const wordsOf = ({ picked, of, task }: TallyLine): string =>
  `Picked ${formatCount(picked)} of ${formatCount(of)} ${of === 1 ? 'time' : 'times'} for ${task}`;
