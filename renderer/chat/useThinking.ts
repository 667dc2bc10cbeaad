import { useCallback, useEffect, useState } from 'react';
import { freeThinking, type Thinking } from '../../electron/contract/settings.ts';
import { useStore, useStores } from '../app/stores.tsx';

/** How a chat's model thinks: as the chat says, else as Settings say. A chat not begun has only those. */
export function useThinking(chat: string | null): {
  readonly thinking: Thinking;
  set(thinking: Thinking): void;
  /** Asks again, as another window or the chat's settings may have changed it. */
  refresh(): void;
} {
  const { api, settings, fail } = useStores();
  const usual = useStore('settings', (state) => state.settings?.thinking ?? freeThinking);
  const connected = useStore('connectionState', (state) => state.state === 'open');
  const [own, setOwn] = useState<{ readonly chat: string; readonly thinking: Thinking | null } | null>(null);

  const refresh = useCallback(() => {
    if (chat === null) return;
    api.conversations.settings({ id: chat }).then(
      (state) => setOwn({ chat, thinking: state.settings.thinking }),
      // A chat that is gone has no way of its own.
      () => setOwn(null),
    );
  }, [api, chat]);
  useEffect(() => {
    if (connected) refresh();
  }, [connected, refresh]);

  const set = (thinking: Thinking) => {
    if (chat === null) return void settings.getState().set({ thinking });
    setOwn({ chat, thinking });
    api.conversations.setSettings({ id: chat, patch: { thinking } }).catch((error: unknown) => {
      fail(error);
      refresh();
    });
  };
  const mine = own?.chat === chat ? own.thinking : null;
  return { thinking: mine ?? usual, set, refresh };
}
