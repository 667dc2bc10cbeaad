import { Tabs } from 'radix-ui';
import { useRef } from 'react';
import { type PanelTab, useDesk, useView } from '../desk.ts';
import type { NoteSession } from '../session/noteSession.ts';
import { useOver } from '../useOver.ts';
import { Around } from './Around.tsx';
import { History } from './History.tsx';
import { Outline } from './Outline.tsx';
import './Panel.css';

const tabs: readonly { readonly value: PanelTab; readonly label: string }[] = [
  { value: 'around', label: 'Around' },
  { value: 'outline', label: 'Outline' },
  { value: 'history', label: 'History' },
];

/** What is around a note: other notes, its headings, its earlier versions. */
export function SidePanel({ session, over }: { readonly session: NoteSession; readonly over: boolean }) {
  const { view } = useDesk();
  const frame = useRef<HTMLElement>(null);
  const onKeyDown = useOver(over, frame);
  const tab = useView((state) => state.tab);
  return (
    <aside
      ref={frame}
      className="notes-panel"
      data-over={over || undefined}
      aria-label="Around this note"
      onKeyDown={onKeyDown}
    >
      <Tabs.Root
        value={tab}
        onValueChange={(value) => {
          const chosen = tabs.find((each) => each.value === value);
          if (chosen) view.setState({ tab: chosen.value });
        }}
        className="panel-frame"
      >
        <Tabs.List className="panel-tabs" aria-label="About this note">
          {tabs.map(({ value, label }) => (
            <Tabs.Trigger key={value} className="panel-tab" value={value}>
              {label}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        <Tabs.Content value="around" className="panel-page" tabIndex={-1}>
          <Around session={session} />
        </Tabs.Content>
        <Tabs.Content value="outline" className="panel-page panel-outline" tabIndex={-1}>
          <Outline session={session} />
        </Tabs.Content>
        <Tabs.Content value="history" className="panel-page" tabIndex={-1}>
          <History session={session} />
        </Tabs.Content>
      </Tabs.Root>
    </aside>
  );
}
