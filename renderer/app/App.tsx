import { Tooltip } from 'radix-ui';
import { lazy, Suspense } from 'react';
import { ChatScreen } from '../chat/ChatScreen.tsx';
import './App.css';
import { ConnectionBanner } from './ConnectionBanner.tsx';
import { DropZone } from './DropZone.tsx';
import { Overlays } from './Overlays.tsx';
import { Recovery } from './Recovery.tsx';
import { Sidebar } from './Sidebar.tsx';
import { useStore } from './stores.tsx';
import { Toasts } from './Toasts.tsx';
import { useDownloadNews } from './useDownloadNews.ts';
import { useNarrow } from './useNarrow.ts';
import { useRemovedChats } from './useRemovedChats.ts';
import { useShortcuts } from './useShortcuts.ts';

const ModelsScreen = lazy(async () => ({
  default: (await import('../models/ModelsScreen.tsx')).ModelsScreen,
}));
const CompareScreen = lazy(async () => ({
  default: (await import('../compare/CompareScreen.tsx')).CompareScreen,
}));
const NotesScreen = lazy(async () => ({ default: (await import('../notes/NotesScreen.tsx')).NotesScreen }));
const SettingsScreen = lazy(async () => ({
  default: (await import('../settings/SettingsScreen.tsx')).SettingsScreen,
}));

/** The window: the sidebar, one screen, and what lies over them. */
export function App() {
  useShortcuts();
  useDownloadNews();
  useRemovedChats();
  const narrow = useNarrow();
  const open = useStore('settings', ({ settings }) => settings?.sidebarOpen ?? true);
  const drawer = useStore('ui', (ui) => ui.drawer);
  const damaged = useStore('storage', ({ status }) => status?.state === 'damaged');
  const announcement = useStore('ui', (ui) => ui.announcement);
  const shown = narrow ? drawer : open;

  return (
    <Tooltip.Provider delayDuration={500}>
      <div className="app" data-sidebar={shown ? (narrow ? 'over' : 'beside') : 'closed'}>
        {shown && <Sidebar over={narrow} />}
        <main className="screen">
          <ConnectionBanner />
          <Suspense fallback={<div className="screen-wait" />}>
            <Screen damaged={damaged} />
          </Suspense>
        </main>
      </div>
      <Overlays />
      <DropZone />
      <Toasts />
      <div className="hidden-text" role="status" aria-live="polite">
        {announcement}
      </div>
    </Tooltip.Provider>
  );
}

// Damaged chats block only themselves: models and settings, with all backups, stay within reach.
function Screen({ damaged }: { readonly damaged: boolean }) {
  const route = useStore('route', (state) => state.route);
  switch (route.screen) {
    case 'chat':
      return damaged ? <Recovery /> : <ChatScreen id={route.id} />;
    case 'compare':
      return damaged ? <Recovery /> : <CompareScreen id={route.id} />;
    case 'models':
      return <ModelsScreen tab={route.tab ?? 'installed'} />;
    case 'notes':
      return <NotesScreen {...(route.note ? { note: route.note } : {})} />;
    case 'settings':
      return <SettingsScreen section={route.section} />;
  }
}
