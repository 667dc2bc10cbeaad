import { useEffect, useState } from 'react';
import type { CatalogModel } from '../../electron/contract/hub.ts';
import { useStore, useStores } from '../app/stores.tsx';
import { Button } from '../ui/Button.tsx';
import { CatalogCard } from './CatalogCard.tsx';
import { MachineLine } from './MachineLine.tsx';
import { OtherDownloads } from './OtherDownloads.tsx';
import { SearchResults } from './SearchResults.tsx';
import { Trouble } from './Trouble.tsx';
import { useFirstToFetch } from './useFirstToFetch.ts';

const filters = [
  { name: 'Chat', takes: ({ kind }: CatalogModel) => kind === 'chat' },
  { name: 'Notes search', takes: ({ kind }: CatalogModel) => kind !== 'chat' },
  { name: 'Thinks first', takes: ({ thinks }: CatalogModel) => thinks },
] as const;
type Filter = (typeof filters)[number];
const everything: readonly CatalogModel[] = [];

/** What can be had: the catalogue, or what the hub has for the words in the search field. */
export function Discover() {
  const searching = useStore('hub', (state) => state.search !== null);
  return searching ? <SearchResults /> : <Catalog />;
}

function Catalog() {
  const { hub, ui } = useStores();
  const catalog = useStore('hub', (state) => state.catalog);
  const [filter, setFilter] = useState<Filter | null>(null);
  // The fit depends on what this computer has free, so it is asked for each time.
  useEffect(() => {
    void hub.getState().loadCatalog();
  }, [hub]);
  const all = catalog.state === 'ready' ? catalog.value : everything;
  const shown = filter ? all.filter(filter.takes) : all;
  const first = useFirstToFetch(shown);

  return (
    <div className="page-column">
      <div className="discover-head">
        <MachineLine />
        <fieldset className="chips">
          <legend className="hidden-text">Show only</legend>
          {filters.map((each) => (
            <button
              key={each.name}
              type="button"
              className="chip"
              aria-pressed={filter === each}
              onClick={() => setFilter(filter === each ? null : each)}
            >
              {each.name}
            </button>
          ))}
        </fieldset>
      </div>
      <OtherDownloads shown={shown} />
      {catalog.state === 'loading' && (
        <p className="muted" role="status">
          Reading the catalogue…
        </p>
      )}
      {catalog.state === 'failed' && (
        <Trouble problem={catalog.problem} onRetry={() => void hub.getState().loadCatalog()}>
          <Button small look="quiet" onClick={() => ui.getState().show({ kind: 'addModel' })}>
            Add a file you have
          </Button>
        </Trouble>
      )}
      <ul className="cards" aria-label="Catalogue">
        {shown.map((model) => (
          <CatalogCard key={model.id} model={model} primary={model.id === first} />
        ))}
      </ul>
    </div>
  );
}
