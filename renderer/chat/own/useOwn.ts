import { useEffect } from 'react';
import type { ChatSettings } from '../../../electron/contract/chatSettings.ts';
import { InklingError } from '../../../electron/contract/errors.ts';
import { type Stores, useStore, useStores } from '../../app/stores.tsx';
import { noChatSettings } from '../../stores/chatSettings.ts';

/** What a chat does in its own way, as far as it is here. */
export const ownOf = ({ chatSettings }: Stores, id: string | null): ChatSettings =>
  chatSettings.getState().settings[id ?? ''] ?? noChatSettings;

/** {@link ownOf}, read where it is missing, and followed. */
export function useOwn(id: string | null): ChatSettings {
  const { chatSettings, fail } = useStores();
  const connected = useStore('connectionState', (state) => state.state === 'open');
  useEffect(() => {
    if (!id || !connected) return;
    chatSettings
      .getState()
      .load(id)
      .catch((error: unknown) => {
        // The chat itself says that it is not there.
        if (!(error instanceof InklingError && error.code === 'not_found')) fail(error);
      });
  }, [id, connected, chatSettings, fail]);
  return useStore('chatSettings', ({ settings }) => settings[id ?? ''] ?? noChatSettings);
}

/** The chat that is shown, as its settings are kept: empty for one not started; null on other screens. */
export const shownChat = ({ route }: Stores): string | null => {
  const shown = route.getState().route;
  return shown.screen === 'chat' ? (shown.id ?? '') : null;
};

/** The model that a chat has of its own, by itself or by its preset; null for that of Settings. */
export const ownModel = ({ modelId, preset }: ChatSettings): string | null =>
  modelId ?? preset?.modelId ?? null;
