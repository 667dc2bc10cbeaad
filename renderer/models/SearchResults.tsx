import { useStore, useStores } from '../app/stores.tsx';
import type { Found, SearchOrder } from '../stores/hub.ts';
import { Button } from '../ui/Button.tsx';
import { plural } from '../ui/format.ts';
import { FoundRow } from './FoundRow.tsx';
import { Trouble } from './Trouble.tsx';

const sorts: readonly { readonly value: SearchOrder['sort']; readonly label: string }[] = [
  { value: 'downloads', label: 'Most downloaded' },
  { value: 'trendingScore', label: 'Trending' },
  { value: 'likes', label: 'Most liked' },
  { value: 'lastModified', label: 'Changed last' },
  { value: 'createdAt', label: 'Newest' },
];
const licenses: readonly { readonly value: string; readonly label: string }[] = [
  { value: '', label: 'Any licence' },
  { value: 'apache-2.0', label: 'Apache 2.0' },
  { value: 'mit', label: 'MIT' },
  { value: 'gemma', label: 'Gemma terms' },
];

/** What the hub has for the words in the search field. */
export function SearchResults() {
  const { hub } = useStores();
  const search = useStore('hub', (state) => state.search);
  const before = useStore('hub', (state) => state.lastFound);
  const query = useStore('hub', (state) => state.query.trim());
  const leave = (
    <Button small look="quiet" onClick={() => hub.getState().setQuery('')}>
      Back to the catalogue
    </Button>
  );
  const found = search?.state === 'ready' ? search.value : search?.state === 'loading' ? before : null;
  return (
    <div className="page-column">
      <SearchHead
        words={
          search?.state === 'loading'
            ? 'Searching the hub…'
            : search?.state === 'ready' && found && found.models.length > 0
              ? found.next
                ? `The first ${plural(found.models.length, 'model')}`
                : plural(found.models.length, 'model')
              : ''
        }
      />
      {search?.state === 'failed' && (
        <Trouble problem={search.problem} onRetry={() => hub.getState().searchAgain()}>
          {leave}
        </Trouble>
      )}
      {search?.state === 'ready' && search.value.models.length === 0 && (
        <div className="card empty-card">
          <h2>Nothing found for “{query}”</h2>
          <p>The hub looks for these letters in the names of models. Try fewer or other words.</p>
          {leave}
        </div>
      )}
      {found && (
        <ul className="cards" aria-label="Found models" aria-busy={search?.state === 'loading'}>
          {found.models.map((model) => (
            <FoundRow key={model.repo} model={model} />
          ))}
        </ul>
      )}
      {search?.state === 'ready' && <NextPage found={search.value} />}
    </div>
  );
}

function SearchHead({ words }: { readonly words: string }) {
  const { hub } = useStores();
  const order = useStore('hub', (state) => state.order);
  return (
    <div className="discover-head">
      <p className="muted" role="status">
        {words}
      </p>
      <div className="chips">
        <Choice
          label="Licence"
          value={order.license ?? ''}
          options={licenses}
          onChange={(license) => hub.getState().setOrder({ license: license || null })}
        />
        <Choice
          label="Sort by"
          value={order.sort}
          options={sorts}
          onChange={(value) => {
            const sort = sorts.find((each) => each.value === value)?.value;
            if (sort) hub.getState().setOrder({ sort });
          }}
        />
      </div>
    </div>
  );
}

function Choice(props: {
  readonly label: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (value: string) => void;
}) {
  return (
    <select
      className="chip chip-select"
      aria-label={props.label}
      value={props.value}
      onChange={(event) => props.onChange(event.target.value)}
    >
      {props.options.map(({ value, label }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  );
}

function NextPage({ found }: { readonly found: Found }) {
  const { hub } = useStores();
  if (found.next === null || found.models.length === 0) return null;
  const more = () => void hub.getState().nextPage();
  if (found.page?.state === 'failed') {
    return (
      <div className="more-line">
        <Trouble problem={found.page.problem} onRetry={more} />
      </div>
    );
  }
  const busy = found.page?.state === 'loading';
  return (
    <div className="more-line">
      <Button disabled={busy} onClick={more}>
        {busy ? 'Asking for more…' : 'Show more'}
      </Button>
    </div>
  );
}
