import { variableValue } from '../../../electron/base/variables.ts';
import { askedBy, textVariable } from '../../presets/usePreset.ts';
import { variableName } from '../../presets/variableName.ts';
import { SavedField } from '../../settings/SavedField.tsx';

/** The variables of a chat's instructions; an empty one is what the preset says. */
export function OwnVariables(props: {
  readonly instructions: string;
  /** What the preset says. */
  readonly usual: Readonly<Record<string, string>>;
  readonly value: Readonly<Record<string, string>>;
  readonly onChange: (value: Record<string, string>) => void;
}) {
  const { value, usual } = props;
  return askedBy({ instructions: props.instructions, opening: '' })
    .filter((name) => name !== textVariable)
    .map((name) => (
      <SavedField
        key={name}
        label={variableName(name)}
        help=""
        saved={variableValue(value, name) ?? ''}
        placeholder={variableValue(usual, name) ?? ''}
        onSave={(text) => {
          const { [name]: _, ...rest } = value;
          props.onChange(text === '' ? rest : { ...rest, [name]: text });
          return null;
        }}
      />
    ));
}
