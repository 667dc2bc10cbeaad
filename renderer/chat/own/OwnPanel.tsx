import { useEffect, useRef } from 'react';
import { fillVariables, knownVariables } from '../../../electron/base/variables.ts';
import type { ChatSettingsPatch } from '../../../electron/contract/chatSettings.ts';
import { useStore, useStores } from '../../app/stores.tsx';
import { FormatField } from '../../presets/FormatField.tsx';
import { presetOfChat } from '../../presets/presetOfChat.ts';
import { leavePreset, pickPreset } from '../../presets/usePreset.ts';
import { hasOwn, noChatSettings } from '../../stores/chatSettings.ts';
import { isChatModel } from '../../stores/library.ts';
import { allNotes } from '../../stores/scopes.ts';
import { Button } from '../../ui/Button.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { SidePanel } from '../../ui/SidePanel.tsx';
import { setScope, useScope } from '../sources/useScope.ts';
import { useModelChoice } from '../useModelChoice.ts';
import './Own.css';
import { OwnInstructions } from './OwnInstructions.tsx';
import { OwnVariables } from './OwnVariables.tsx';
import { ownButtonId, ownPanelId } from './openOwnPanel.ts';
import { SamplingOwn } from './SamplingOwn.tsx';
import { useOwn } from './useOwn.ts';

/** What one chat does in its own way: its preset, instructions, model, answer format, notes, and how words are picked. */
export function OwnPanel({ id }: { readonly id: string | null }) {
  const stores = useStores();
  const { chatSettings, toasts, route, ui } = stores;
  const key = id ?? '';
  const own = useOwn(id);
  const unreadable = useStore('chatSettings', (state) => state.unreadable.has(key));
  const presets = useStore('presets', (state) => state.presets) ?? [];
  const models = useStore('library', ({ library }) => library?.models)?.filter(isChatModel) ?? [];
  const answers = useModelChoice().model;
  const scope = useScope(id);
  const panel = useRef<HTMLElement>(null);
  useEffect(() => panel.current?.focus(), []);

  const set = (patch: ChatSettingsPatch) => void chatSettings.getState().set(key, patch);
  const close = () => {
    chatSettings.getState().show(false);
    document.getElementById(ownButtonId)?.focus();
  };
  const reset = () => {
    const before = own;
    set(noChatSettings);
    toasts.getState().show('This chat follows Settings again.', {
      action: { label: 'Undo', run: () => void chatSettings.getState().set(key, before) },
    });
  };
  const { preset } = own;
  const changed = preset && presets.find((each) => each.id === preset.id && !samePreset(each, preset));
  const known = presets.some((each) => each.id === preset?.id);

  return (
    <SidePanel
      id={ownPanelId}
      ref={panel}
      className="own-panel"
      title="Settings of this chat"
      onClose={close}
    >
      {unreadable && (
        <p className="field-problem" role="alert">
          What was kept for this chat is damaged, so it follows Settings. Its messages are not touched. What
          you choose here is kept anew.
        </p>
      )}
      <SelectField
        label="Preset"
        value={preset?.id ?? ''}
        options={[
          { value: '', label: 'None' },
          ...(preset && !known ? [{ value: preset.id, label: `${preset.name} (deleted)` }] : []),
          ...presets.map((each) => ({ value: each.id, label: each.name })),
        ]}
        {...(preset?.about ? { help: preset.about } : {})}
        onChange={(value) => {
          const picked = presets.find((each) => each.id === value);
          if (picked) pickPreset(stores, id, picked);
          else leavePreset(stores, id);
        }}
      />
      {changed && (
        <p className="own-note">
          This preset was changed since.{' '}
          <button type="button" className="text-button" onClick={() => set({ preset: changed })}>
            Take the new one
          </button>
        </p>
      )}
      <OwnVariables
        instructions={own.instructions ?? preset?.instructions ?? ''}
        usual={preset?.variables ?? {}}
        value={own.variables}
        onChange={(variables) => set({ variables })}
      />
      <OwnInstructions
        value={own.instructions}
        follows={fillVariables(preset?.instructions ?? '', {
          ...knownVariables(new Date()),
          ...preset?.variables,
          ...own.variables,
        })}
        onChange={(instructions) => set({ instructions })}
      />
      <SelectField
        label="Model"
        value={own.modelId ?? ''}
        options={[
          { value: '', label: preset?.modelId ? 'As the preset says' : 'As chosen at the top' },
          ...(own.modelId !== null && !models.some((model) => model.id === own.modelId)
            ? [{ value: own.modelId, label: 'A model that is gone' }]
            : []),
          ...models.map((model) => ({ value: model.id, label: model.name })),
        ]}
        onChange={(value) => set({ modelId: value === '' ? null : value })}
      />
      <SelectField
        label="Answers from notes"
        value={scope ? 'on' : 'off'}
        options={[
          { value: 'off', label: 'No' },
          { value: 'on', label: 'Yes' },
        ]}
        onChange={(value) => setScope(stores, id, value === 'on' ? (scope ?? allNotes) : null)}
      />
      <FormatField
        value={own.format}
        follows={preset?.format?.kind === 'json' ? 'JSON, as the preset says' : 'Plain words, as usual'}
        onChange={(format) => set({ format })}
      />
      <details className="own-more">
        <summary>How words are picked</summary>
        <SamplingOwn
          modelId={answers?.id ?? null}
          value={own.sampling}
          {...(preset ? { below: preset.sampling } : {})}
          onChange={(sampling) => set({ sampling })}
        />
      </details>
      <div className="own-actions">
        <Button
          small
          disabled={!hasOwn(own)}
          onClick={() =>
            ui.getState().show({ kind: 'editPreset', preset: null, draft: presetOfChat(own), chat: key })
          }
        >
          Save as a preset…
        </Button>
        <Button small look="quiet" disabled={!hasOwn(own)} onClick={reset}>
          Follow Settings in everything
        </Button>
        <Button
          small
          look="quiet"
          onClick={() => route.getState().go({ screen: 'settings', section: 'presets' })}
        >
          Edit presets
        </Button>
      </div>
    </SidePanel>
  );
}

const samePreset = ({ origin: _, ...a }: { readonly origin?: unknown }, { ...b }: object) =>
  JSON.stringify(a) === JSON.stringify(b);
