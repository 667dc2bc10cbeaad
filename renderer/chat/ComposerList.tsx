import type { LucideIcon } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import './ComposerList.css';

/** A line of a list over the composer. */
export interface ComposerOption {
  readonly key: string;
  readonly label: string;
  readonly facts?: string;
  readonly icon?: LucideIcon;
}

/** What is offered over the composer while something is named in it. The keys are the composer's. */
export function ComposerList(props: {
  readonly id: string;
  readonly label: string;
  readonly options: readonly ComposerOption[];
  readonly marked: number;
  readonly onChoose: (index: number) => void;
}) {
  const { id, options, marked } = props;
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.children[marked]?.scrollIntoView({ block: 'nearest' });
  }, [marked]);
  return (
    <div className="composer-list" id={id} role="listbox" aria-label={props.label} ref={list}>
      {options.map(({ key, label, facts, icon: Icon }, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the composer's
        <div
          key={key}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === marked}
          // The field keeps the focus.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => props.onChoose(index)}
        >
          {Icon && <Icon size={16} aria-hidden />}
          <span className="truncate" dir="auto">
            {label}
          </span>
          {facts && <span className="composer-list-facts">{facts}</span>}
        </div>
      ))}
    </div>
  );
}

/** What a key does to such a list; true if it was meant for it. */
export function listKey(
  event: KeyboardEvent,
  list: {
    readonly count: number;
    readonly marked: number;
    readonly mark: (index: number) => void;
    readonly choose: (index: number) => void;
    readonly close: () => void;
  },
): boolean {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step !== 0) list.mark((list.marked + step + list.count) % list.count);
  else if ((event.key === 'Enter' && !event.shiftKey) || event.key === 'Tab') list.choose(list.marked);
  else if (event.key === 'Escape') list.close();
  else return false;
  event.preventDefault();
  event.stopPropagation();
  return true;
}

/** For the field, so that screen readers know of the list. */
export const listField = (id: string, marked: number) => ({
  'aria-controls': id,
  'aria-activedescendant': `${id}-${marked}`,
});
