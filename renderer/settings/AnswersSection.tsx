import { useState } from 'react';
import { freeThinking } from '../../electron/contract/settings.ts';
import { useStore, useStores } from '../app/stores.tsx';
import { thinkingOptions, thinkingValue } from '../chat/thinkingWords.ts';
import { formatCount } from '../ui/format.ts';
import { SelectField } from '../ui/SelectField.tsx';
import { readNumber, SavedField } from './SavedField.tsx';
import { Section } from './Section.tsx';
import { type SamplingField, samplingFields } from './samplingFields.ts';

const contextSizes = [2048, 4096, 8192, 16_384, 32_768, 65_536, 131_072];

/** What every answer is made with: instructions, window, and how words are picked. */
export function AnswersSection() {
  const { settings } = useStores();
  const contextSize = useStore('settings', (state) => state.settings?.contextSize ?? null);
  const sizes =
    contextSize !== null && !contextSizes.includes(contextSize)
      ? [contextSize, ...contextSizes]
      : contextSizes;
  return (
    <Section id="answers" title="Answers">
      <Instructions />
      <SelectField
        label="Context window"
        help="How much of a chat the model sees at once. A larger window takes more memory; it holds from the next load on."
        value={contextSize === null ? '' : String(contextSize)}
        options={[
          { value: '', label: 'Automatic (up to 8,192 tokens)' },
          ...sizes.map((size) => ({ value: String(size), label: `${formatCount(size)} tokens` })),
        ]}
        onChange={(value) =>
          void settings.getState().set({ contextSize: value === '' ? null : Number(value) })
        }
      />
      <ThinkingField />
      <div className="field-grid">
        {samplingFields.map((field) => (
          <NumberSetting key={field.key} field={field} />
        ))}
      </div>
    </Section>
  );
}

function ThinkingField() {
  const { settings } = useStores();
  const thinking = useStore('settings', (state) => state.settings?.thinking ?? freeThinking);
  const options = thinkingOptions(thinking);
  return (
    <SelectField
      label="Thinking"
      help="How long models that can think do so before they answer. Some can answer at once; those that cannot go on thinking."
      value={thinkingValue(thinking)}
      options={options}
      onChange={(value) => {
        const option = options.find((each) => each.value === value);
        if (option) void settings.getState().set({ thinking: option.thinking });
      }}
    />
  );
}

function Instructions() {
  const { settings } = useStores();
  const saved = useStore('settings', (state) => state.settings?.systemPrompt ?? '');
  const [typed, setTyped] = useState<string | null>(null);
  const save = () => {
    if (typed !== null && typed !== saved) void settings.getState().set({ systemPrompt: typed });
    setTyped(null);
  };
  return (
    <div className="field">
      <label htmlFor="instructions">Instructions for every chat</label>
      <textarea
        id="instructions"
        className="input"
        rows={4}
        maxLength={100_000}
        aria-describedby="instructions-help"
        placeholder="For example: Answer briefly, and in metric units."
        value={typed ?? saved}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={save}
      />
      <p id="instructions-help" className="field-help">
        Also called the system prompt. It is saved when you leave the field, and holds from the next message
        on.
      </p>
    </div>
  );
}

function NumberSetting({ field }: { readonly field: SamplingField }) {
  const { settings } = useStores();
  const value = useStore('settings', (state) => state.settings?.sampling[field.key] ?? null);
  const save = (text: string): string | null => {
    if (field.optional && text === '') {
      void settings.getState().set({ sampling: { [field.key]: null } });
      return null;
    }
    const read = readNumber(text, field.min, field.max, field.whole);
    if (typeof read === 'string') return read;
    void settings.getState().set({ sampling: { [field.key]: read } });
    return null;
  };
  return (
    <SavedField
      label={field.label}
      help={field.help}
      saved={value === null ? '' : String(value)}
      inputMode={field.whole ? 'numeric' : 'decimal'}
      onSave={save}
    />
  );
}
