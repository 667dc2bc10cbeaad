import { ChevronDown, NotebookText, X } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useState } from 'react';
import type { NoteScope } from '../../../electron/contract/noteSources.ts';
import { useStores } from '../../app/stores.tsx';
import { allNotes, isAllNotes } from '../../stores/scopes.ts';
import { IconButton } from '../../ui/Button.tsx';
import './NotesToggle.css';
import { partName, partsOf, type ScopePart, scopeWords, withoutPart, withPart } from './scopeWords.ts';
import { toggleNotes } from './toggleNotes.ts';
import { setScope, useScope } from './useScope.ts';
import { useScopeOptions } from './useScopeOptions.ts';

/** Turns answering from notes on and off for a chat, and chooses from which. */
export function NotesToggle({ id }: { readonly id: string | null }) {
  const stores = useStores();
  const scope = useScope(id);
  return (
    <span className="notes-toggle" data-on={scope !== null || undefined}>
      <button
        type="button"
        aria-pressed={scope !== null}
        onClick={() => toggleNotes(stores, id)}
        title="Answer from your notes, with sources"
      >
        <NotebookText size={15} aria-hidden />
        Notes
      </button>
      {scope && (
        <Popover.Root>
          <Popover.Trigger asChild>
            <button type="button" className="notes-scope" aria-label={`Which notes: ${scopeWords(scope)}`}>
              <span className="truncate">{scopeWords(scope)}</span>
              <ChevronDown size={13} aria-hidden />
            </button>
          </Popover.Trigger>
          <Popover.Portal>
            <Popover.Content
              className="menu scope-menu"
              side="top"
              align="start"
              sideOffset={8}
              collisionPadding={8}
              aria-label="Which notes"
            >
              <ScopeMenu id={id} />
            </Popover.Content>
          </Popover.Portal>
        </Popover.Root>
      )}
    </span>
  );
}

function ScopeMenu({ id }: { readonly id: string | null }) {
  const stores = useStores();
  const scope = useScope(id) ?? allNotes;
  const [query, setQuery] = useState('');
  const options = useScopeOptions(query, 8);
  const set = (next: NoteScope) => setScope(stores, id, next);
  const chosen = partsOf(scope);
  const add = (part: ScopePart) => {
    set(withPart(scope, part));
    setQuery('');
  };
  return (
    <>
      {chosen.length > 0 && (
        <ul className="scope-chips" aria-label="Chosen">
          {chosen.map((part) => (
            <li key={`${part.kind} ${partName(part)}`}>
              <span className="truncate" dir="auto">
                {partName(part)}
              </span>
              <IconButton
                small
                icon={X}
                label={`Leave out ${partName(part)}`}
                onClick={() => set(withoutPart(scope, part))}
              />
            </li>
          ))}
        </ul>
      )}
      <p className="scope-note">
        {isAllNotes(scope) ? 'All notes count. Narrow it down:' : 'Only these count. Add more:'}
      </p>
      <input
        type="search"
        className="scope-search"
        aria-label="Find a note, a folder or a #tag"
        placeholder="Note, folder or #tag"
        value={query}
        onChange={(event) => setQuery(event.target.value)}
      />
      <ul className="scope-options">
        {options.map((part) => (
          <li key={`${part.kind} ${partName(part)}`}>
            <button type="button" className="menu-item" onClick={() => add(part)}>
              <span className="truncate" dir="auto">
                {partName(part)}
              </span>
            </button>
          </li>
        ))}
        {options.length === 0 && <li className="scope-note">Nothing is called so.</li>}
      </ul>
    </>
  );
}
