import type { Model } from '../../electron/contract/library.ts';
import { SelectField } from '../ui/SelectField.tsx';
import { labelOf, type SideChoice, varieties } from './contenders.ts';

/** One side of a comparison: the model, and what is set for it alone. */
export function SideFields(props: {
  readonly name: string;
  readonly models: readonly Model[];
  readonly choice: SideChoice;
  readonly onChange: (choice: SideChoice) => void;
}) {
  const { name, models, choice, onChange } = props;
  const thinking = choice.thinks === null ? '' : choice.thinks ? 'on' : 'off';
  return (
    <fieldset className="compare-side">
      <legend>{name}</legend>
      <SelectField
        label="Model"
        value={choice.modelId}
        options={models.map((model) => ({ value: model.id, label: labelOf(model, models) }))}
        onChange={(modelId) => onChange({ ...choice, modelId })}
      />
      <SelectField
        label="Variety"
        value={choice.variety === null ? '' : String(choice.variety)}
        options={varieties}
        onChange={(value) => onChange({ ...choice, variety: value === '' ? null : Number(value) })}
      />
      <SelectField
        label="Thinking"
        value={thinking}
        options={[
          { value: '', label: 'As usual' },
          { value: 'on', label: 'Thinks first, if it can' },
          { value: 'off', label: 'Answers at once, if it can' },
        ]}
        onChange={(value) => onChange({ ...choice, thinks: value === '' ? null : value === 'on' })}
      />
    </fieldset>
  );
}
