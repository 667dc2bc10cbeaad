import { useEffect, useState } from 'react';
import type { Comparison, TallyLine } from '../../electron/contract/compare.ts';
import { useStores } from '../app/stores.tsx';
import { tallyWords } from './tallyWords.ts';

/** How often the two were picked at this kind of work so far. */
export function Tally({ comparison }: { readonly comparison: Comparison }) {
  const { api } = useStores();
  const [lines, setLines] = useState<readonly TallyLine[]>([]);
  const { task, picked, sides } = comparison;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a pick changes the count
  useEffect(() => {
    const abort = new AbortController();
    api.compare.tally({ task }, { signal: abort.signal }).then(
      (tally) => setLines(tally.lines),
      () => {},
    );
    return () => abort.abort();
  }, [api, task, picked]);
  const names = new Set(sides.map(({ contender }) => contender.name));
  const shown = lines.filter(({ name }) => names.has(name));
  return (
    <p className="compare-tally" role="status">
      {picked === 'tie' ? 'You found both alike. ' : ''}
      {shown.length > 0 && `For ${task} so far: ${shown.map(tallyWords).join('; ')}`}
    </p>
  );
}
