import { ShortcutList } from '../app/ShortcutList.tsx';
import { Section } from './Section.tsx';

/** The shortcuts that work in this window. */
export function KeysSection() {
  return (
    <Section id="keys" title="Shortcuts">
      <ShortcutList />
    </Section>
  );
}
