import { useStore, useStores } from '../app/stores.tsx';
import './Presets.css';
import { pickPreset } from './usePreset.ts';

const most = 6;

/** A few presets in the empty chat, as quiet words. */
export function PresetChips() {
  const stores = useStores();
  const presets = useStore('presets', (state) => state.presets);
  const chat = useStore('route', ({ route }) => (route.screen === 'chat' ? route.id : null));
  if (!presets || presets.length === 0) return null;
  return (
    <ul className="preset-chips" aria-label="Presets">
      {presets.slice(0, most).map((preset) => (
        <li key={preset.id}>
          <button
            type="button"
            title={preset.about || undefined}
            onClick={() => pickPreset(stores, chat, preset)}
          >
            <span className="truncate">{preset.name}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
