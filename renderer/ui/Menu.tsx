import type { LucideIcon } from 'lucide-react';
import { ContextMenu as Context, DropdownMenu as Dropdown } from 'radix-ui';
import type { ReactElement } from 'react';
import './Menu.css';

/** One thing a menu can do. */
export interface MenuEntry {
  readonly label: string;
  readonly icon: LucideIcon;
  readonly danger?: boolean;
  readonly onSelect: () => void;
}

interface MenuProps {
  readonly entries: readonly MenuEntry[];
  readonly children: ReactElement;
  /** Called when the menu has closed; return true to keep the focus from going back to the trigger. */
  readonly keepFocus?: () => boolean;
}

/** A menu that a button opens. */
export function ButtonMenu({ entries, children, keepFocus }: MenuProps) {
  return (
    <Dropdown.Root modal={false}>
      <Dropdown.Trigger asChild>{children}</Dropdown.Trigger>
      <Dropdown.Portal>
        <Dropdown.Content
          className="menu"
          align="start"
          sideOffset={4}
          collisionPadding={8}
          onCloseAutoFocus={(event) => keepFocus?.() && event.preventDefault()}
        >
          {entries.map((entry) => (
            <Dropdown.Item key={entry.label} className="menu-item" {...itemProps(entry)}>
              <entry.icon size={16} aria-hidden />
              {entry.label}
            </Dropdown.Item>
          ))}
        </Dropdown.Content>
      </Dropdown.Portal>
    </Dropdown.Root>
  );
}

/** The same menu at the pointer, by right click or the menu key. */
export function PointerMenu({ entries, children, keepFocus }: MenuProps) {
  return (
    <Context.Root modal={false}>
      <Context.Trigger asChild>{children}</Context.Trigger>
      <Context.Portal>
        <Context.Content
          className="menu"
          collisionPadding={8}
          onCloseAutoFocus={(event) => keepFocus?.() && event.preventDefault()}
        >
          {entries.map((entry) => (
            <Context.Item key={entry.label} className="menu-item" {...itemProps(entry)}>
              <entry.icon size={16} aria-hidden />
              {entry.label}
            </Context.Item>
          ))}
        </Context.Content>
      </Context.Portal>
    </Context.Root>
  );
}

const itemProps = (entry: MenuEntry) => ({
  onSelect: entry.onSelect,
  ...(entry.danger ? { 'data-danger': '' } : {}),
});
