import { useEffect, useState } from 'react';
import type { SamplingDefault } from '../../../electron/contract/load.ts';
import type { Sampling } from '../../../electron/contract/settings.ts';
import { useStore, useStores } from '../../app/stores.tsx';
import { readNumber, SavedField } from '../../settings/SavedField.tsx';
import { type SamplingField, samplingFields } from '../../settings/samplingFields.ts';
import { Button } from '../../ui/Button.tsx';

const sources: Readonly<Record<SamplingDefault['source'], string>> = {
  you: 'from Settings',
  card: 'as its makers recommend',
  file: 'as its file says',
  inkling: 'Inkling’s own',
};

/**
 * How words are picked, in a chat or a preset's own way. An empty field follows what its place says: the preset's value,
 * or what is recommended for the model.
 */
export function SamplingOwn(props: {
  readonly modelId: string | null;
  readonly value: Partial<Sampling>;
  /** What holds where a field is empty, before the model has its say. */
  readonly below?: Partial<Sampling>;
  readonly onChange: (value: Partial<Sampling>) => void;
  /** Told the fields with what cannot be saved. */
  readonly onWrong?: (keys: readonly string[]) => void;
}) {
  const { value, below = {}, onChange } = props;
  const recommended = useRecommended(props.modelId);
  const usual = useStore('settings', ({ settings }) => settings?.sampling);
  const own = Object.keys(value).length;
  const [wrong, setWrong] = useState<readonly string[]>([]);
  const mark = (key: string) => (is: boolean) => {
    const next = [...wrong.filter((each) => each !== key), ...(is ? [key] : [])];
    setWrong(next);
    props.onWrong?.(next);
  };
  const follows = (key: keyof Sampling): { readonly text: string; readonly words: string } => {
    const preset = below[key];
    if (preset !== undefined) return { text: String(preset ?? ''), words: 'from the preset' };
    const found = recommended.find((each) => each.key === key);
    if (found) return { text: String(found.value), words: sources[found.source] };
    return { text: String(usual?.[key] ?? ''), words: 'from Settings' };
  };
  const save = (field: SamplingField) => (text: string) => {
    const { [field.key]: _, ...rest } = value;
    if (text === '') {
      onChange(rest);
      return null;
    }
    const read = readNumber(text, field.min, field.max, field.whole);
    if (typeof read === 'string') return read;
    onChange({ ...rest, [field.key]: read });
    return null;
  };
  return (
    <div className="sampling-own">
      {samplingFields.map((field) => {
        const { text, words } = follows(field.key);
        const mine = value[field.key];
        return (
          <SavedField
            key={field.key}
            label={field.label}
            help={
              text === ''
                ? field.help
                : `${field.help} ${mine === undefined ? 'Now' : 'Otherwise'} ${text}, ${words}.`
            }
            saved={mine === undefined || mine === null ? '' : String(mine)}
            placeholder={text}
            inputMode={field.whole ? 'numeric' : 'decimal'}
            onSave={save(field)}
            onWrong={mark(field.key)}
          />
        );
      })}
      <Button small disabled={own === 0} onClick={() => onChange({})}>
        Back to what is recommended
      </Button>
    </div>
  );
}

/** What is recommended for a model, and who says so; nothing while that is not known. */
function useRecommended(modelId: string | null): readonly SamplingDefault[] {
  const { api } = useStores();
  const [found, setFound] = useState<readonly SamplingDefault[]>([]);
  useEffect(() => {
    let left = false;
    setFound([]);
    if (modelId !== null)
      api.engine.choices({ modelId }).then(
        ({ sampling }) => left || setFound(sampling),
        // A model that cannot be read recommends nothing; loading it says why.
        () => {},
      );
    return () => {
      left = true;
    };
  }, [api, modelId]);
  return found;
}
