import { useId } from 'react';
import type { AdapterUse, LoadChoices } from '../../electron/contract/load.ts';
import { formatOne } from '../ui/format.ts';

/** The LoRA adapters of the library to attach, each with its strength; one that does not fit says why. */
export function AdapterFields(props: {
  readonly choices: LoadChoices['adapters'];
  readonly value: readonly AdapterUse[];
  readonly onChange: (adapters: AdapterUse[]) => void;
}) {
  const { choices, value } = props;
  if (choices.length === 0) return null;
  const set = (id: string, scale: number | null) => {
    const others = value.filter((use) => use.id !== id);
    props.onChange(scale === null ? others : [...others, { id, scale }]);
  };
  return (
    <fieldset className="adapters">
      <legend>Adapters</legend>
      <p className="field-help">Small files that give a model another voice or skill (LoRA).</p>
      {choices.map((choice) => (
        <Adapter
          key={choice.id}
          choice={choice}
          scale={value.find((use) => use.id === choice.id)?.scale ?? null}
          onChange={(scale) => set(choice.id, scale)}
        />
      ))}
    </fieldset>
  );
}

function Adapter(props: {
  readonly choice: LoadChoices['adapters'][number];
  readonly scale: number | null;
  readonly onChange: (scale: number | null) => void;
}) {
  const { choice, scale } = props;
  const id = useId();
  return (
    <div className="adapter">
      <label className="check">
        <input
          type="checkbox"
          checked={scale !== null}
          disabled={choice.reason !== null && scale === null}
          aria-describedby={choice.reason ? `${id}-reason` : undefined}
          onChange={(event) => props.onChange(event.target.checked ? 1 : null)}
        />
        <span className="truncate">{choice.name}</span>
      </label>
      {scale !== null && (
        <label className="adapter-scale">
          <span>Strength</span>
          <input
            type="range"
            className="slider"
            min={0}
            max={2}
            step={0.1}
            value={scale}
            aria-label={`Strength of ${choice.name}`}
            onChange={(event) => props.onChange(Number(event.target.value))}
          />
          <output>{formatOne(scale)}</output>
        </label>
      )}
      {choice.reason && (
        <p id={`${id}-reason`} className="field-help">
          {choice.reason}
        </p>
      )}
    </div>
  );
}
