import { Search, X } from 'lucide-react';
import { IconButton } from '../../ui/Button.tsx';
import { useDesk, useView } from '../desk.ts';

/** Where a search through all notes is typed. */
export function NotesSearch() {
  const { view } = useDesk();
  const query = useView((state) => state.query);
  const set = (text: string) => view.setState({ query: text });
  return (
    <div className="notes-search">
      <Search size={15} aria-hidden />
      <input
        type="text"
        value={query}
        placeholder="Search notes"
        aria-label="Search notes"
        maxLength={500}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => set(event.target.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'Escape' && query) {
            event.stopPropagation();
            set('');
          }
          const hits = document.querySelectorAll<HTMLButtonElement>('.notes-hit');
          if (event.key === 'Enter') hits[0]?.click();
          if (event.key === 'ArrowDown' && hits[0]) {
            event.preventDefault();
            hits[0].focus();
          }
        }}
      />
      {query && <IconButton small icon={X} label="Clear the search" onClick={() => set('')} />}
    </div>
  );
}
