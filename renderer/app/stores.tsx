import { createContext, use, useSyncExternalStore } from 'react';
import { flushSync } from 'react-dom';
import type { StoreApi } from 'zustand/vanilla';
import type { Connection } from '../platform/connection.ts';
import type { Platform } from '../platform/openPort.ts';
import { createArchiveStore } from '../stores/archive.ts';
import { createAttachmentsStore } from '../stores/attachments.ts';
import { createChatSettingsStore } from '../stores/chatSettings.ts';
import { createChatsStore } from '../stores/chats.ts';
import { createComparisonsStore } from '../stores/comparisons.ts';
import { createConfidenceStore } from '../stores/confidence.ts';
import { createDownloadsStore } from '../stores/downloads.ts';
import { createDraftStore } from '../stores/drafts.ts';
import { createEditingStore } from '../stores/editing.ts';
import { createEngineStore } from '../stores/engine.ts';
import { errorText } from '../stores/errorText.ts';
import { createHubStore } from '../stores/hub.ts';
import { createLedgerStore } from '../stores/ledger.ts';
import { createLibraryStore } from '../stores/library.ts';
import { createNetworkStore } from '../stores/network.ts';
import { createNotesStore } from '../stores/notes.ts';
import { createPresetsStore } from '../stores/presets.ts';
import { createRouteStore } from '../stores/route.ts';
import { createSettingsStore } from '../stores/settings.ts';
import { createSpeechStore } from '../stores/speech.ts';
import { createStorageStore } from '../stores/storage.ts';
import { createThreadsStore } from '../stores/threads.ts';
import { createToastStore } from '../stores/toasts.ts';
import { createUiStore } from '../stores/ui.ts';
import { applyTheme } from './theme.ts';

/** Makes all stores of the window over one connection. */
export function createStores(
  connection: Connection,
  { newChatKeys, pathOf }: Pick<Extract<Platform, { kind: 'ready' }>, 'newChatKeys' | 'pathOf'>,
) {
  const ui = createUiStore();
  const toasts = createToastStore();
  const fail = (error: unknown) => toasts.getState().show(errorText(error), { tone: 'bad' });
  const chats = createChatsStore(connection);
  const threads = createThreadsStore({
    connection,
    chats,
    commit: flushSync,
    onEnded: (line) =>
      ui.getState().announce(line.message.state === 'done' ? 'Answer finished' : 'Answer ended'),
  });
  const drafts = createDraftStore(connection, fail);
  addEventListener('pagehide', () => drafts.getState().flush());
  const route = createRouteStore(window);
  const speech = createSpeechStore(window.speechSynthesis, navigator.language);
  route.subscribe(() => {
    ui.getState().setDrawer(false);
    ui.getState().read(null);
    // Whoever leaves a chat has nothing to stop it by.
    speech.getState().stop();
  });
  const chatSettings = createChatSettingsStore(connection, fail);
  return {
    api: connection.api,
    connection,
    connectionState: connection.state,
    newChatKeys,
    pathOf,
    fail,
    ui,
    toasts,
    chats,
    threads,
    drafts,
    attachments: createAttachmentsStore(connection.api),
    editing: createEditingStore(),
    confidence: createConfidenceStore(connection),
    comparisons: createComparisonsStore(connection),
    speech,
    route,
    chatSettings,
    presets: createPresetsStore(connection),
    ledger: createLedgerStore(),
    settings: createSettingsStore(connection, applyTheme, fail),
    library: createLibraryStore(connection),
    engine: createEngineStore(connection),
    storage: createStorageStore(connection),
    hub: createHubStore(connection),
    network: createNetworkStore(connection),
    notes: createNotesStore(connection, route),
    downloads: createDownloadsStore(connection),
    archive: createArchiveStore(connection),
  };
}

export type Stores = ReturnType<typeof createStores>;

const StoresContext = createContext<Stores | null>(null);
/** Gives the stores to the screens below. */
export const StoresProvider = StoresContext.Provider;

/** The stores of this window. */
export function useStores(): Stores {
  const stores = use(StoresContext);
  if (!stores) throw new Error('outside of StoresProvider');
  return stores;
}

type StoreName = { [N in keyof Stores]: Stores[N] extends StoreApi<infer _> ? N : never }[keyof Stores];
type StateOf<N extends StoreName> = Stores[N] extends StoreApi<infer S> ? S : never;

/** Reads one store; renders again only when what is selected changes. */
export function useStore<N extends StoreName, T>(name: N, select: (state: StateOf<N>) => T): T {
  const store = useStores()[name] as unknown as StoreApi<StateOf<N>>;
  return useSyncExternalStore(store.subscribe, () => select(store.getState()));
}
