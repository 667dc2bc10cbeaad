import { SlidersHorizontal, X } from 'lucide-react';
import { useEffect } from 'react';
import { useStore, useStores } from '../../app/stores.tsx';
import { leavePreset } from '../../presets/usePreset.ts';
import { hasOwn } from '../../stores/chatSettings.ts';
import { Hint } from '../../ui/Hint.tsx';
import './Own.css';
import { openOwnPanel, ownButtonId } from './openOwnPanel.ts';
import { useOwn } from './useOwn.ts';

/** Opens the settings of a chat; says which preset it uses, or that it has settings of its own. */
export function OwnButton({ id }: { readonly id: string | null }) {
  const stores = useStores();
  const { chatSettings, ledger } = stores;
  const own = useOwn(id);
  const open = useStore('chatSettings', (state) => state.open);
  const toggle = () => (open ? chatSettings.getState().show(false) : openOwnPanel(stores));
  // Two panels would leave no room for the chat.
  useEffect(
    () => ledger.subscribe((next) => next.open && chatSettings.getState().show(false)),
    [ledger, chatSettings],
  );
  return (
    <span className="own-chip" data-named={own.preset !== null || undefined}>
      <Hint text="Settings of this chat">
        <button
          type="button"
          id={ownButtonId}
          className="own-button"
          aria-expanded={open}
          aria-label={
            own.preset ? `Settings of this chat, preset: ${own.preset.name}` : 'Settings of this chat'
          }
          data-own={hasOwn(own) || undefined}
          onClick={toggle}
        >
          <SlidersHorizontal size={16} aria-hidden />
          {own.preset && <span className="truncate">{own.preset.name}</span>}
        </button>
      </Hint>
      {own.preset && (
        <button
          type="button"
          className="own-leave"
          aria-label={`Do without the preset ${own.preset.name}`}
          onClick={() => leavePreset(stores, id)}
        >
          <X size={14} aria-hidden />
        </button>
      )}
    </span>
  );
}
