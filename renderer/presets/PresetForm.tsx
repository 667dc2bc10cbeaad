import { useId, useState } from 'react';
import { variableValue } from '../../electron/base/variables.ts';
import type { Preset } from '../../electron/contract/presets.ts';
import { useStores } from '../app/stores.tsx';
import { ownOf } from '../chat/own/useOwn.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { TextField } from '../ui/TextField.tsx';
import { askedBy, takePreset, textVariable } from './usePreset.ts';
import { variableName } from './variableName.ts';

/** Asks for the variables of a preset, each with its default, and then uses it. */
export function PresetForm({
  preset,
  chat,
  onClose,
}: {
  readonly preset: Preset;
  readonly chat: string | null;
  readonly onClose: () => void;
}) {
  const stores = useStores();
  const names = askedBy(preset);
  const textId = useId();
  const [values, setValues] = useState<Readonly<Record<string, string>>>(() => ({
    ...preset.variables,
    ...ownOf(stores, chat).variables,
    [textVariable]: stores.drafts.getState().drafts[chat ?? ''] ?? '',
  }));
  const value = (name: string) => variableValue(values, name) ?? '';
  const set = (name: string) => (text: string) => setValues({ ...values, [name]: text });
  const missing = names.find((name) => value(name).trim() === '');
  const use = () => {
    if (missing !== undefined) return;
    onClose();
    takePreset(stores, chat, preset, Object.fromEntries(names.map((name) => [name, value(name).trim()])));
  };
  return (
    <Dialog
      title={preset.name}
      text={preset.about}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" disabled={missing !== undefined} onClick={use}>
            Use in this chat
          </Button>
        </>
      }
    >
      {names.map((name) =>
        name === textVariable ? (
          <div className="field" key={name}>
            <label htmlFor={textId}>Text</label>
            <textarea
              id={textId}
              className="input"
              rows={6}
              value={value(name)}
              onChange={(event) => set(name)(event.target.value)}
            />
          </div>
        ) : (
          <TextField
            key={name}
            label={variableName(name)}
            value={value(name)}
            onChange={set(name)}
            onEnter={use}
          />
        ),
      )}
    </Dialog>
  );
}
