import { useId } from 'react';
import './TextField.css';

/** A line to type in, with its name above and what is wrong with it below. */
export function TextField(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onEnter?: () => void;
  readonly onFocus?: () => void;
  readonly onBlur?: () => void;
  readonly help?: string;
  readonly placeholder?: string;
  readonly problem?: string;
  readonly inputMode?: 'text' | 'numeric' | 'decimal';
  /** Shows dots in place of what is typed. */
  readonly secret?: boolean;
  readonly maxLength?: number;
}) {
  const id = useId();
  const note = props.problem || props.help;
  return (
    <div className="field">
      <label htmlFor={id}>{props.label}</label>
      <input
        id={id}
        className="input"
        type={props.secret ? 'password' : 'text'}
        maxLength={props.maxLength}
        value={props.value}
        placeholder={props.placeholder}
        inputMode={props.inputMode}
        spellCheck={false}
        autoComplete="off"
        aria-invalid={props.problem ? true : undefined}
        aria-describedby={note ? `${id}-note` : undefined}
        onChange={(event) => props.onChange(event.target.value)}
        onFocus={props.onFocus}
        onBlur={props.onBlur}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) props.onEnter?.();
        }}
      />
      {note && (
        <p
          id={`${id}-note`}
          className={props.problem ? 'field-problem' : 'field-help'}
          role={props.problem ? 'alert' : undefined}
        >
          {note}
        </p>
      )}
    </div>
  );
}
