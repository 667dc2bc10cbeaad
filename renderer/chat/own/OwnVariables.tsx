import type { Preset } from '../../../electron/contract/presets.ts';
import { askedBy, textVariable } from '../../presets/usePreset.ts';
import { variableName } from '../../presets/variableName.ts';
import { SavedField } from '../../settings/SavedField.tsx';

/** The variables of a chat's preset; an empty one is what the preset says. */
export function OwnVariables(props: {
  readonly preset: Preset;
  readonly value: Readonly<Record<string, string>>;
  readonly onChange: (value: Record<string, string>) => void;
}) {
  const { preset, value } = props;
  return askedBy({ ...preset, opening: '' })
    .filter((name) => name !== textVariable)
    .map((name) => (
      <SavedField
        key={name}
        label={variableName(name)}
        help=""
        saved={value[name] ?? ''}
        placeholder={preset.variables[name] ?? ''}
        onSave={(text) => {
          const { [name]: _, ...rest } = value;
          props.onChange(text === '' ? rest : { ...rest, [name]: text });
          return null;
        }}
      />
    ));
}
