import { ChevronRight, type LucideIcon } from 'lucide-react';
import { ContextMenu as Context, DropdownMenu as Dropdown } from 'radix-ui';
import type { ReactElement } from 'react';
import './Menu.css';

/** One thing a menu can do, or a list of such things that opens beside it. */
export interface MenuEntry {
  readonly label: string;
  readonly icon: LucideIcon;
  readonly danger?: boolean;
  /** Something about it, in grey. */
  readonly facts?: string;
  readonly onSelect?: () => void;
  readonly entries?: readonly MenuEntry[];
}

/** The entries; a function is asked each time the menu opens. */
type Entries = readonly MenuEntry[] | (() => readonly MenuEntry[]);

interface MenuProps {
  readonly entries: Entries;
  readonly children: ReactElement;
  /** Called when the menu has closed; return true to keep the focus from going back to the trigger. */
  readonly keepFocus?: () => boolean;
}

/** A menu that a button opens. */
export function ButtonMenu({ entries, children, keepFocus, align = 'start' }: MenuProps & MenuPlace) {
  return (
    <Dropdown.Root modal={false}>
      <Dropdown.Trigger asChild>{children}</Dropdown.Trigger>
      <Dropdown.Portal>
        <Dropdown.Content
          className="menu"
          align={align}
          sideOffset={4}
          collisionPadding={8}
          onCloseAutoFocus={(event) => keepFocus?.() && event.preventDefault()}
        >
          <MenuItems kit={Dropdown} entries={entries} />
        </Dropdown.Content>
      </Dropdown.Portal>
    </Dropdown.Root>
  );
}

interface MenuPlace {
  readonly align?: 'start' | 'end';
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
          <MenuItems kit={Context} entries={entries} />
        </Context.Content>
      </Context.Portal>
    </Context.Root>
  );
}

// Rendered only while the menu is open.
function MenuItems({
  kit,
  entries,
}: {
  readonly kit: typeof Dropdown | typeof Context;
  readonly entries: Entries;
}) {
  const list = typeof entries === 'function' ? entries() : entries;
  return list.map((entry) =>
    entry.entries ? (
      <kit.Sub key={entry.label}>
        <kit.SubTrigger className="menu-item">
          <entry.icon size={16} aria-hidden />
          <span className="menu-words">{entry.label}</span>
          <ChevronRight size={14} aria-hidden />
        </kit.SubTrigger>
        <kit.Portal>
          <kit.SubContent className="menu menu-long" sideOffset={4} collisionPadding={8}>
            <MenuItems kit={kit} entries={entry.entries} />
          </kit.SubContent>
        </kit.Portal>
      </kit.Sub>
    ) : (
      <kit.Item
        key={entry.label}
        className="menu-item"
        {...(entry.onSelect && { onSelect: entry.onSelect })}
        {...(entry.danger && { 'data-danger': '' })}
      >
        <entry.icon size={16} aria-hidden />
        <span className="menu-words truncate">{entry.label}</span>
        {entry.facts && <span className="menu-facts">{entry.facts}</span>}
      </kit.Item>
    ),
  );
}
