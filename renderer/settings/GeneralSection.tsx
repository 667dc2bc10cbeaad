import { RadioGroup } from 'radix-ui';
import type { Theme } from '../../electron/contract/settings.ts';
import { useStore, useStores } from '../app/stores.tsx';
import { SelectField } from '../ui/SelectField.tsx';
import { Section } from './Section.tsx';

const themes: readonly { readonly value: Theme; readonly label: string }[] = [
  { value: 'system', label: 'Like the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];

/** How the window looks, and when the model rests. */
export function GeneralSection() {
  const { settings } = useStores();
  const theme = useStore('settings', (state) => state.settings?.theme ?? 'system');
  return (
    <Section id="general" title="General">
      <div className="field">
        <span className="field-label" id="theme-label">
          Theme
        </span>
        <RadioGroup.Root
          className="choices"
          aria-labelledby="theme-label"
          value={theme}
          onValueChange={(value) => {
            const found = themes.find((each) => each.value === value);
            if (found) void settings.getState().set({ theme: found.value });
          }}
        >
          {themes.map((each) => (
            <RadioGroup.Item key={each.value} value={each.value} className="choice">
              {each.label}
            </RadioGroup.Item>
          ))}
        </RadioGroup.Root>
      </div>
      <Rest />
      <Names />
    </Section>
  );
}

function Names() {
  const { settings } = useStores();
  const on = useStore('settings', (state) => state.settings?.nameChats ?? true);
  return (
    <SelectField
      label="Names of new chats"
      help="The model names a chat after its first answer, while nothing else is asked of it. A name you give stays."
      value={on ? 'model' : 'words'}
      options={[
        { value: 'model', label: 'By the model' },
        { value: 'words', label: 'By their first words' },
      ]}
      onChange={(value) => void settings.getState().set({ nameChats: value === 'model' })}
    />
  );
}

const rests = [
  { value: 5, label: 'After 5 minutes without a message' },
  { value: 15, label: 'After 15 minutes without a message' },
  { value: 60, label: 'After an hour without a message' },
  { value: null, label: 'Never' },
] as const;

function Rest() {
  const { settings } = useStores();
  const after = useStore('settings', (state) => state.settings?.unloadAfter ?? null);
  return (
    <SelectField
      label="Unload the model"
      help="Gives its memory back to other programs. The next message loads it again by itself."
      value={String(after)}
      options={rests.map(({ value, label }) => ({ value: String(value), label }))}
      onChange={(text) => {
        const found = rests.find(({ value }) => String(value) === text);
        if (found) void settings.getState().set({ unloadAfter: found.value });
      }}
    />
  );
}
