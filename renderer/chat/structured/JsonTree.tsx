import { useState } from 'react';
import { formatCount } from '../../ui/format.ts';

/** So many parts of a list or an object are shown at once; more by a click. */
const page = 100;
const openLevels = 2;

/** A JSON value as a tree that can be opened and closed. */
export function JsonTree({ value }: { readonly value: unknown }) {
  return (
    <div className="json-tree">
      <Node name={null} value={value} level={0} />
    </div>
  );
}

function Node({
  name,
  value,
  level,
}: {
  readonly name: string | null;
  readonly value: unknown;
  readonly level: number;
}) {
  const label = name === null ? null : <span className="json-name">{name}</span>;
  if (typeof value !== 'object' || value === null)
    return (
      <div className="json-leaf">
        {label}
        <span className="json-value" data-type={value === null ? 'null' : typeof value} dir="auto">
          {value === '' ? 'empty' : String(value)}
        </span>
      </div>
    );
  const entries: readonly (readonly [string, unknown])[] = Array.isArray(value)
    ? value.map((item, index) => [String(index + 1), item])
    : Object.entries(value);
  const count = `${formatCount(entries.length)} ${Array.isArray(value) ? (entries.length === 1 ? 'item' : 'items') : entries.length === 1 ? 'field' : 'fields'}`;
  return <Branch label={label} count={count} entries={entries} level={level} />;
}

function Branch(props: {
  readonly label: React.ReactNode;
  readonly count: string;
  readonly entries: readonly (readonly [string, unknown])[];
  readonly level: number;
}) {
  const { entries, level } = props;
  const [open, setOpen] = useState(level < openLevels);
  const [shown, setShown] = useState(page);
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {props.label}
        <span className="json-count">{props.count}</span>
      </summary>
      {open && (
        <div className="json-children">
          {entries.slice(0, shown).map(([name, value]) => (
            <Node key={name} name={name} value={value} level={level + 1} />
          ))}
          {entries.length > shown && (
            <button type="button" className="text-button" onClick={() => setShown(shown + page)}>
              Show more
            </button>
          )}
        </div>
      )}
    </details>
  );
}
