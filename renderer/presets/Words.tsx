import { useId } from 'react';

/** A field for longer words, with what helps to write them below. */
export function Words(props: {
  readonly label: string;
  readonly rows: number;
  readonly value: string;
  readonly help: string;
  readonly onChange: (value: string) => void;
}) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{props.label}</label>
      <textarea
        id={id}
        className="input"
        rows={props.rows}
        maxLength={100_000}
        value={props.value}
        aria-describedby={`${id}-help`}
        onChange={(event) => props.onChange(event.target.value)}
      />
      <p id={`${id}-help`} className="field-help">
        {props.help}
      </p>
    </div>
  );
}
