import '../ui/Tag.css';
import { readSearch, toggleFilter } from './searchWords.ts';

/** Filters to press instead of typing them; those that end with a colon wait for their value. */
const filters: readonly { readonly label: string; readonly word: string }[] = [
  { label: 'From me', word: 'from:me' },
  { label: 'From model', word: 'from:model' },
  { label: 'Notes', word: 'has:notes' },
  { label: 'Pinned', word: 'is:pinned' },
  { label: 'Archived', word: 'is:archived' },
  { label: 'Tag…', word: 'tag:' },
  { label: 'Model…', word: 'model:' },
  { label: 'Since…', word: 'after:' },
];

/** A quiet row under the search field: what the chats can be narrowed to. */
export function FilterRow(props: { readonly query: string; readonly onChange: (query: string) => void }) {
  const { typed } = readSearch(props.query, Date.now());
  const isOn = (word: string) =>
    typed.some((one) =>
      word.endsWith(':') ? one.toLowerCase().startsWith(word) : one.toLowerCase() === word,
    );
  const press = (word: string) => {
    const on = isOn(word) && typed.find((one) => one.toLowerCase().startsWith(word));
    const text = toggleFilter(props.query, on || word);
    props.onChange(word.endsWith(':') && !on ? text.trimEnd() : text);
  };
  return (
    <fieldset className="filter-row">
      <legend className="hidden-text">Narrow the search of chats</legend>
      {filters.map(({ label, word }) => (
        <button
          key={word}
          type="button"
          className="tag"
          aria-pressed={isOn(word)}
          title={word}
          onClick={() => press(word)}
        >
          {label}
        </button>
      ))}
    </fieldset>
  );
}
