import { Keys } from '../ui/Keys.tsx';
import './ShortcutList.css';
import { keysOf, shortcuts } from './shortcuts.ts';
import { useStores } from './stores.tsx';

const groups = [...new Set(shortcuts.map(({ group }) => group))];

/** The shortcuts that work in this window, by place. */
export function ShortcutList() {
  const stores = useStores();
  return groups.map((group) => (
    <section className="shortcuts" key={group}>
      <h3>{group}</h3>
      <dl>
        {shortcuts
          .filter((shortcut) => shortcut.group === group)
          .map((shortcut) => (
            <div key={shortcut.name}>
              <dt>{shortcut.name}</dt>
              <dd>
                <Keys keys={keysOf(shortcut, stores)} />
              </dd>
            </div>
          ))}
      </dl>
    </section>
  ));
}
