import { useStores } from '../app/stores.tsx';
import { Keys } from '../ui/Keys.tsx';
import { Section } from './Section.tsx';

/** The shortcuts that work in this window. */
export function KeysSection() {
  const { newChatKeys } = useStores();
  const shortcuts: readonly (readonly [string, readonly string[]])[] = [
    ['New chat', newChatKeys],
    ['Search everything, commands, switch model', ['mod', 'K']],
    ['Search chats', ['mod', 'F']],
    ['Open a note', ['mod', 'O']],
    ['Follow the link at the cursor, in a note', ['Alt', 'enter']],
    ['Show or hide the sidebar', ['mod', 'B']],
    ['Settings', ['mod', ',']],
    ['Send the message', ['enter']],
    ['Break the line', ['shift', 'enter']],
    ['Stop the answer', ['Esc']],
    ['Rename the chat in the sidebar', ['F2']],
    ['Pin the chat in the sidebar', ['P']],
    ['Archive the chat in the sidebar', ['E']],
    ['Tag the chat in the sidebar', ['T']],
    ['Delete the chat in the sidebar', ['Del']],
  ];
  return (
    <Section id="keys" title="Shortcuts">
      <dl className="keys">
        {shortcuts.map(([name, keys]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <Keys keys={keys} />
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
