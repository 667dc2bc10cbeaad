import { createStore } from 'zustand/vanilla';
import { type NoteRef, noteRef } from '../../electron/contract/noteRef.ts';

export type SettingsSection =
  | 'general'
  | 'answers'
  | 'presets'
  | 'data'
  | 'access'
  | 'privacy'
  | 'keys'
  | 'about';
export const settingsSections: readonly SettingsSection[] = [
  'general',
  'answers',
  'presets',
  'data',
  'access',
  'privacy',
  'keys',
  'about',
];

export type ModelsTab = 'installed' | 'discover' | 'computer';
export const modelsTabs: readonly ModelsTab[] = ['installed', 'discover', 'computer'];

/** What the window shows. Models without a tab are the installed ones; a chat without an id is one that has not been started. */
export type Route =
  | { readonly screen: 'chat'; readonly id: string | null }
  | { readonly screen: 'compare'; readonly id: string }
  | { readonly screen: 'notes'; readonly note?: NoteRef }
  | { readonly screen: 'models'; readonly tab?: ModelsTab }
  | { readonly screen: 'settings'; readonly section: SettingsSection };

/** Which screen is shown; the address's hash follows, so that reload, back and forward work. */
export interface RouteStore {
  readonly route: Route;
  go(route: Route): void;
}

/** Makes the router over a window's address. */
export function createRouteStore(page: Pick<Window, 'location' | 'history' | 'addEventListener'>) {
  const store = createStore<RouteStore>((setState, getState) => ({
    route: readRoute(page.location.hash),
    go(route) {
      const before = writeRoute(getState().route);
      const hash = writeRoute(route);
      if (hash === before) return;
      page.history.pushState(null, '', hash);
      setState({ route });
    },
  }));
  page.addEventListener('popstate', () => store.setState({ route: readRoute(page.location.hash) }));
  return store;
}

/** Reads a route from a hash; anything unknown is a new chat. */
export function readRoute(hash: string): Route {
  const [screen = '', rest = ''] = hash.replace(/^#\/?/, '').split('/');
  if (screen === 'models') {
    const tab = modelsTabs.find((each) => each === rest);
    return tab ? { screen, tab } : { screen };
  }
  if (screen === 'notes') {
    const note = readNote(hash);
    return note ? { screen, note } : { screen };
  }
  if (screen === 'settings') {
    return { screen, section: settingsSections.find((section) => section === rest) ?? 'general' };
  }
  if (screen === 'compare' && /^[\w-]{1,64}$/.test(rest)) return { screen, id: rest };
  return { screen: 'chat', id: screen === 'chat' && /^[\w-]{1,64}$/.test(rest) ? rest : null };
}

/** Writes a route as a hash. */
export function writeRoute(route: Route): string {
  if (route.screen === 'settings') return `#/settings/${route.section}`;
  if (route.screen === 'compare') return `#/compare/${route.id}`;
  if (route.screen === 'models') return route.tab ? `#/models/${route.tab}` : '#/models';
  if (route.screen === 'chat') return route.id ? `#/chat/${route.id}` : '#/';
  if (!route.note) return '#/notes';
  return `#/notes/${[route.note.folderId, ...route.note.path.split('/')].map(encodeURIComponent).join('/')}`;
}

function readNote(hash: string): NoteRef | null {
  try {
    const [, , folderId, ...path] = hash.split('/').map(decodeURIComponent);
    return noteRef.safeParse({ folderId, path: path.join('/') }).data ?? null;
  } catch {
    return null;
  }
}
