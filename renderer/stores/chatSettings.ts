import { createStore } from 'zustand/vanilla';
import {
  type ChatSettings,
  type ChatSettingsPatch,
  chatSettings,
} from '../../electron/contract/chatSettings.ts';
import type { Connection } from '../platform/connection.ts';

/** What a chat does in its own way, by chat (an empty id for a chat not started). */
export interface ChatSettingsStore {
  readonly settings: Readonly<Record<string, ChatSettings>>;
  /** Chats whose stored settings are damaged. */
  readonly unreadable: ReadonlySet<string>;
  /** The panel is open. */
  readonly open: boolean;
  show(open: boolean): void;
  /** Reads those of a chat, unless they are here. */
  load(id: string): Promise<void>;
  /** Shows the change at once and saves it. */
  set(id: string, patch: ChatSettingsPatch): Promise<void>;
  /** A chat that was started took what was chosen before it had an id. */
  move(to: string): void;
}

/** What a chat without own settings does. */
export const noChatSettings: ChatSettings = chatSettings.parse({});

/** Whether a chat does anything in its own way. */
export const hasOwn = (settings: ChatSettings): boolean =>
  JSON.stringify(settings) !== JSON.stringify(noChatSettings);

/** Makes the cache of the chats' own settings. `onError` is told what could not be saved; it is taken back then. */
export function createChatSettingsStore({ api, follow }: Connection, onError: (error: unknown) => void) {
  const reading = new Map<string, Promise<void>>();
  const store = createStore<ChatSettingsStore>((setState, getState) => {
    const put = (id: string, settings: ChatSettings) =>
      setState({ settings: { ...getState().settings, [id]: settings } });
    const take = (id: string, told: { settings: ChatSettings; unreadable: boolean }) => {
      const unreadable = new Set(getState().unreadable);
      if (told.unreadable) unreadable.add(id);
      else unreadable.delete(id);
      setState({ unreadable });
      put(id, told.settings);
    };
    return {
      settings: {},
      unreadable: new Set(),
      open: false,
      show: (open) => setState({ open }),
      load(id) {
        if (id === '' || getState().settings[id]) return Promise.resolve();
        const read =
          reading.get(id) ??
          api.conversations
            .settings({ id })
            .then((told) => take(id, told))
            .finally(() => reading.delete(id));
        reading.set(id, read);
        return read;
      },
      async set(id, patch) {
        const before = getState().settings[id] ?? noChatSettings;
        put(id, { ...before, ...patch } as ChatSettings);
        if (id === '') return;
        try {
          take(id, await api.conversations.setSettings({ id, patch }));
        } catch (error) {
          put(id, before);
          onError(error);
        }
      },
      move(to) {
        const { '': draft = noChatSettings, ...rest } = getState().settings;
        setState({ settings: { ...rest, [to]: draft } });
      },
    };
  });
  follow(
    (api) => api.conversations.watch(null),
    (event) => {
      const known = store.getState().settings;
      const changed =
        event.type === 'settings'
          ? [event.id]
          : event.type === 'reset'
            ? Object.keys(known).filter(Boolean)
            : [];
      for (const id of changed)
        if (known[id])
          api.conversations.settings({ id }).then(
            ({ settings }) => store.setState({ settings: { ...store.getState().settings, [id]: settings } }),
            // It is gone with its chat.
            () => {},
          );
    },
  );
  return store;
}
