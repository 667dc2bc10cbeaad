import { Check } from 'lucide-react';
import type { WritingTask } from '../../../electron/contract/writing.ts';

const names: Partial<Record<WritingTask, string>> = { title: 'Titles', tags: 'Tags', links: 'Links' };

/** The titles, tags or links that were proposed, to be chosen: one title, any number of the others. */
export function Choices(props: {
  readonly task: WritingTask;
  readonly items: readonly string[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}) {
  const { task, items, chosen, onChange } = props;
  const press = (item: string) => {
    if (task === 'title') return onChange([item]);
    onChange(items.filter((each) => (each === item) !== chosen.includes(each)));
  };
  return (
    <fieldset className="write-wishes">
      <legend className="field-label">{names[task]}</legend>
      {items.map((item) => (
        <button
          key={item}
          type="button"
          className="button button-small write-choice"
          aria-pressed={chosen.includes(item)}
          onClick={() => press(item)}
        >
          {chosen.includes(item) && <Check size={14} aria-hidden />}
          <span dir="auto">{task === 'tags' ? `#${item}` : item}</span>
        </button>
      ))}
    </fieldset>
  );
}
