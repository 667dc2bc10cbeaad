import { RadioGroup } from 'radix-ui';
import type { Theme } from '../../electron/contract/settings.ts';
import { useStore, useStores } from '../app/stores.tsx';
import { Section } from './Section.tsx';

const themes: readonly { readonly value: Theme; readonly label: string }[] = [
  { value: 'system', label: 'Like the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];

/** How the window looks. */
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
    </Section>
  );
}
