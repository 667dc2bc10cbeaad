import { Ellipsis } from 'lucide-react';
import { useRef } from 'react';
import type { StoreApi } from 'zustand/vanilla';
import { useStores } from '../../app/stores.tsx';
import type { Line } from '../../stores/line.ts';
import { IconButton } from '../../ui/Button.tsx';
import { ButtonMenu, type MenuEntry } from '../../ui/Menu.tsx';
import { useAfterClose } from '../../ui/useAfterClose.ts';
import { entriesFor } from './messageActions.ts';

/** The button at the foot of a message that opens what else can be done with it. */
export function MessageMenu(props: { readonly store: StoreApi<Line>; readonly threadId: string }) {
  const { store, threadId } = props;
  const stores = useStores();
  const trigger = useRef<HTMLButtonElement>(null);
  const { later, onClosed } = useAfterClose(trigger);
  const afterwards = (entry: MenuEntry): MenuEntry => ({
    ...entry,
    ...(entry.entries && { entries: entry.entries.map(afterwards) }),
    onSelect: () => later(() => entry.onSelect?.()),
  });
  const entries = () => {
    const { key, message } = store.getState();
    const running = stores.threads.getState().threads.get(threadId)?.running === true;
    return entriesFor({ stores, threadId, line: key, message, running }).map(afterwards);
  };
  return (
    <ButtonMenu align="end" entries={entries} keepFocus={onClosed}>
      <IconButton ref={trigger} small icon={Ellipsis} label="More" />
    </ButtonMenu>
  );
}
