import { useEffect } from 'react';
import { newChat, toggleSidebar } from './actions.ts';
import { type Stores, useStores } from './stores.tsx';

const narrowQuery = '(max-width: 760px)';

/** Listens for the window's shortcuts. Both keys for a new chat work where the surroundings let them through. */
export function useShortcuts(): void {
  const stores = useStores();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.isComposing || event.defaultPrevented) return;
      const run = findShortcut(event, stores);
      if (!run) return;
      event.preventDefault();
      run();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [stores]);
}

function findShortcut(event: KeyboardEvent, stores: Stores): (() => void) | undefined {
  const { ui, route, threads } = stores;
  const key = event.key.toLowerCase();
  if ((event.ctrlKey || event.metaKey) && !event.altKey) {
    if (key === 'k' || (key === 'f' && !event.shiftKey)) return () => ui.getState().show({ kind: 'palette' });
    if (key === 'o' && !event.shiftKey) return () => ui.getState().show({ kind: 'palette', notes: true });
    if (key === 'n' && !event.shiftKey) return () => newChat(stores);
    if (key === 'o' && event.shiftKey) return () => newChat(stores);
    if (key === 'b' && !event.shiftKey) return () => toggleSidebar(stores, matchMedia(narrowQuery).matches);
    if (key === ',') return () => route.getState().go({ screen: 'settings', section: 'general' });
  }
  if (key === 'escape' && !ui.getState().overlay) {
    const shown = route.getState().route;
    const id = shown.screen === 'chat' ? shown.id : null;
    if (id && threads.getState().threads.get(id)?.running) return () => threads.getState().stop(id);
    if (ui.getState().drawer) return () => ui.getState().setDrawer(false);
  }
  return undefined;
}
