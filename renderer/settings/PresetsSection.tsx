import { Copy, Ellipsis, Pencil, RotateCcw, Trash2 } from 'lucide-react';
import type { ListedPreset } from '../../electron/contract/presets.ts';
import { useStore, useStores } from '../app/stores.tsx';
import '../presets/Presets.css';
import {
  copyPreset,
  exportPresets,
  removePreset,
  resetPreset,
  restoreStarting,
} from '../presets/presetActions.ts';
import { Button } from '../ui/Button.tsx';
import { ButtonMenu, type MenuEntry } from '../ui/Menu.tsx';
import { Section } from './Section.tsx';

/** All presets: to make, change, copy, delete, and to take to another computer. */
export function PresetsSection() {
  const stores = useStores();
  const presets = useStore('presets', (state) => state.presets);
  const { ui } = stores;
  const entriesOf = (preset: ListedPreset): readonly MenuEntry[] => [
    { label: 'Edit', icon: Pencil, onSelect: () => ui.getState().show({ kind: 'editPreset', preset }) },
    { label: 'Duplicate', icon: Copy, onSelect: () => void copyPreset(stores, preset) },
    ...(preset.origin === 'changed'
      ? [{ label: 'Make it as it was', icon: RotateCcw, onSelect: () => void resetPreset(stores, preset) }]
      : []),
    { label: 'Delete', icon: Trash2, danger: true, onSelect: () => void removePreset(stores, preset) },
  ];
  return (
    <Section id="presets" title="Presets">
      <p className="muted">
        A preset gives a chat one task: instructions, and if you like a model, a form of the answer and more.
        Pick one with /preset in a chat, or by its name in the palette.
      </p>
      <ul className="preset-list" aria-label="Presets">
        {presets?.map((preset) => (
          <li key={preset.id}>
            <span className="preset-words">
              <span className="truncate">{preset.name}</span>
              {preset.about && <span className="muted truncate">{preset.about}</span>}
            </span>
            <ButtonMenu entries={entriesOf(preset)} align="end">
              <button
                type="button"
                className="icon-button icon-button-small"
                aria-label={`Options for ${preset.name}`}
              >
                <Ellipsis size={16} aria-hidden />
              </button>
            </ButtonMenu>
          </li>
        ))}
        {presets?.length === 0 && (
          <li className="muted">There are no presets. Make one, or bring back the first ones.</li>
        )}
      </ul>
      <div className="preset-buttons">
        <Button look="primary" onClick={() => ui.getState().show({ kind: 'editPreset', preset: null })}>
          New preset…
        </Button>
        <Button onClick={() => ui.getState().show({ kind: 'importPresets' })}>Import…</Button>
        <Button disabled={!presets?.length} onClick={() => void exportPresets(stores)}>
          Export all
        </Button>
        <Button look="quiet" onClick={() => void restoreStarting(stores)}>
          Bring back the first ones
        </Button>
      </div>
    </Section>
  );
}
