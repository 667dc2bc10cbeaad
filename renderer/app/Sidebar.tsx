import type { LucideIcon } from 'lucide-react';
import { Box, FileText, PanelLeftClose, Plus, Search, Settings as SettingsIcon } from 'lucide-react';
import { useEffect } from 'react';
import { percentOfAll } from '../stores/downloads.ts';
import type { Route } from '../stores/route.ts';
import { IconButton } from '../ui/Button.tsx';
import { formatCount } from '../ui/format.ts';
import { Keys } from '../ui/Keys.tsx';
import { Logo } from '../ui/Logo.tsx';
import { newChat, toggleSidebar } from './actions.ts';
import { ChatList } from './ChatList.tsx';
import './Sidebar.css';
import { StatusLine } from './StatusLine.tsx';
import { useStore, useStores } from './stores.tsx';

/** Everything there is to go to. `over`: it lies over a narrow window, and closes when something was chosen. */
export function Sidebar({ over }: { readonly over: boolean }) {
  const stores = useStores();
  const { ui, newChatKeys } = stores;
  const loading = useStore('engine', ({ engine }) =>
    engine?.model.state === 'loading' ? engine.model.fraction : null,
  );
  const fetched = useStore('downloads', ({ downloads }) => percentOfAll(downloads));
  const notes = useStore('notes', ({ state }) => state?.index.notes);
  const percent = fetched ?? (loading === null ? null : Math.round(loading * 100));
  useEffect(() => {
    if (!over) return;
    const before = document.activeElement;
    document.querySelector<HTMLElement>('.sidebar .new-chat')?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, [over]);

  return (
    <>
      {over && <div className="sidebar-veil" aria-hidden onClick={() => ui.getState().setDrawer(false)} />}
      <aside className="sidebar" data-over={over || undefined} aria-label="Sidebar">
        <div className="sidebar-top">
          <Logo />
          <span className="sidebar-name">Inkling</span>
          <IconButton
            small
            icon={PanelLeftClose}
            label="Hide sidebar"
            keys={['mod', 'B']}
            onClick={() => toggleSidebar(stores, over)}
          />
        </div>
        <button type="button" className="wide-button new-chat" onClick={() => newChat(stores)}>
          <Plus size={16} aria-hidden />
          <span>New chat</span>
          <Keys keys={newChatKeys} />
        </button>
        <button
          type="button"
          className="wide-button search"
          onClick={() => ui.getState().show({ kind: 'palette' })}
        >
          <Search size={16} aria-hidden />
          <span>Search everything</span>
          <Keys keys={['mod', 'K']} />
        </button>
        <ChatList />
        <nav className="sidebar-places" aria-label="Places">
          <Place
            icon={FileText}
            label="Notes"
            route={{ screen: 'notes' }}
            note={notes ? formatCount(notes) : ''}
          />
          <Place
            icon={Box}
            label="Models"
            route={fetched === null ? { screen: 'models' } : { screen: 'models', tab: 'discover' }}
            note={percent === null ? '' : `${percent}%`}
          />
          <Place icon={SettingsIcon} label="Settings" route={{ screen: 'settings', section: 'general' }} />
        </nav>
        <StatusLine />
      </aside>
    </>
  );
}

function Place(props: {
  readonly icon: LucideIcon;
  readonly label: string;
  readonly route: Route;
  readonly note?: string;
}) {
  const { route } = useStores();
  const current = useStore('route', (state) => state.route.screen === props.route.screen);
  return (
    <button
      type="button"
      className="place"
      aria-current={current ? 'page' : undefined}
      onClick={() => {
        route.getState().go(props.route);
      }}
    >
      <props.icon size={16} aria-hidden />
      <span>{props.label}</span>
      {props.note && <span className="place-note">{props.note}</span>}
    </button>
  );
}
