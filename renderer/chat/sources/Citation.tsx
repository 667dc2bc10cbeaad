import { useStores } from '../../app/stores.tsx';
import { openSource, placeOf } from './openSource.ts';
import { useSource } from './SourcesContext.tsx';

/** The number of a source in an answer; opens the note at the passage. */
export function Citation({ number }: { readonly number: number }) {
  const stores = useStores();
  const source = useSource(number);
  if (!source) return <span>[{number}]</span>;
  return (
    <button
      type="button"
      className="citation"
      title={`${placeOf(source)}\n\n${source.text.slice(0, 400)}`}
      aria-label={`Source ${number}: ${placeOf(source)}`}
      onClick={() => openSource(stores, source)}
    >
      {number}
    </button>
  );
}
