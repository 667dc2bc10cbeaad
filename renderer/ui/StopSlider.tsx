import { useId } from 'react';
import './StopSlider.css';

/** One place where the slider can rest. */
export interface Stop<T> {
  readonly value: T;
  readonly label: string;
}

/** A slider over a few stops, the first of which is the automatic one; the chosen stop is written beside its name. */
export function StopSlider<T>(props: {
  readonly label: string;
  readonly help?: string;
  readonly stops: readonly Stop<T>[];
  readonly value: T;
  readonly onChange: (value: T) => void;
}) {
  const { stops, value } = props;
  const id = useId();
  const at = Math.max(
    0,
    stops.findIndex((stop) => stop.value === value),
  );
  const words = stops[at]?.label ?? '';
  return (
    <div className="field">
      <div className="slider-head">
        <label htmlFor={id}>{props.label}</label>
        <output htmlFor={id}>{words}</output>
      </div>
      <input
        id={id}
        type="range"
        className="slider"
        min={0}
        max={stops.length - 1}
        step={1}
        value={at}
        aria-valuetext={words}
        aria-describedby={props.help ? `${id}-help` : undefined}
        onChange={(event) => {
          const stop = stops[Number(event.target.value)];
          if (stop) props.onChange(stop.value);
        }}
      />
      {props.help && (
        <p id={`${id}-help`} className="field-help">
          {props.help}
        </p>
      )}
    </div>
  );
}
