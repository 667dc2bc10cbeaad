import { Search, X } from 'lucide-react';
import { useRef } from 'react';
import { useStore, useStores } from '../app/stores.tsx';
import { IconButton } from '../ui/Button.tsx';

/** Words to search the hub for; Escape empties it. Nothing is asked of the network before something is typed. */
export function SearchField() {
  const { hub } = useStores();
  const query = useStore('hub', (state) => state.query);
  const field = useRef<HTMLInputElement>(null);
  const { setQuery, searchAgain } = hub.getState();
  return (
    <search className="hub-search">
      <Search size={16} aria-hidden />
      <input
        ref={field}
        type="text"
        enterKeyHint="search"
        aria-label="Search the hub"
        placeholder="Search the hub"
        value={query}
        maxLength={200}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => setQuery(event.target.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'Enter' && hub.getState().search?.state === 'failed') searchAgain();
          if (event.key === 'Escape' && query !== '') {
            event.preventDefault();
            setQuery('');
          }
        }}
      />
      {query !== '' && (
        <IconButton
          small
          icon={X}
          label="Clear the search"
          onClick={() => {
            setQuery('');
            field.current?.focus();
          }}
        />
      )}
    </search>
  );
}
