import { useState } from 'react';
import { readSchema } from '../../electron/base/jsonSchema/readSchema.ts';
import { variablesIn, variableValue } from '../../electron/base/variables.ts';
import { type Preset, preset as presetSchema } from '../../electron/contract/presets.ts';
import { shorten } from '../app/actions.ts';
import { useStore, useStores } from '../app/stores.tsx';
import { SamplingOwn } from '../chat/own/SamplingOwn.tsx';
import { errorText } from '../stores/errorText.ts';
import { isChatModel } from '../stores/library.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { SelectField } from '../ui/SelectField.tsx';
import { TextField } from '../ui/TextField.tsx';
import { FormatField } from './FormatField.tsx';
import './Presets.css';
import { followPreset, freshPreset } from './presetOfChat.ts';
import { askedBy, textVariable } from './usePreset.ts';
import { variableName } from './variableName.ts';
import { Words } from './Words.tsx';

const notesValues = { '': null, on: true, off: false } as const;

/** Makes a preset, or changes one. Chats that use it keep it as it was until they take the new one. */
export function PresetEditor(props: {
  readonly preset: Preset | null;
  /** What the fields begin with, if it is not the preset. */
  readonly draft?: Preset;
  /** The chat that uses the preset once it is saved; empty for one not started. */
  readonly chat?: string;
  readonly onClose: () => void;
}) {
  const { preset, chat, onClose } = props;
  const { api, chatSettings, toasts, ui } = useStores();
  const first = props.draft ?? preset ?? freshPreset;
  const [draft, setDraft] = useState<Preset>(first);
  const [problem, setProblem] = useState('');
  const [wrong, setWrong] = useState<readonly string[]>([]);
  const models = useStore('library', ({ library }) => library?.models)?.filter(isChatModel) ?? [];
  const change = (patch: Partial<Preset>) => setDraft((now) => ({ ...now, ...patch }));
  const broken = draft.format?.kind === 'json' && readSchema(draft.format.schema).shape === null;
  const asked = askedBy(draft).filter((name) => name !== textVariable);
  const save = async () => {
    try {
      const { id: _, ...rest } = presetSchema.parse(draft);
      const variables = Object.fromEntries(
        Object.entries(rest.variables).filter(([name, value]) => asked.includes(name) && value !== ''),
      );
      const saved = await api.presets.save({ ...rest, variables, ...(preset && { id: preset.id }) });
      if (chat !== undefined) {
        void chatSettings.getState().set(chat, followPreset(saved));
        toasts.getState().show(`Saved. This chat now uses “${shorten(saved.name)}”.`);
      }
      onClose();
    } catch (error) {
      setProblem(errorText(error));
    }
  };
  const leave = () => {
    onClose();
    if (JSON.stringify(draft) === JSON.stringify(preset ?? freshPreset)) return;
    const again = () =>
      ui.getState().show({ kind: 'editPreset', preset, draft, ...(chat !== undefined && { chat }) });
    toasts
      .getState()
      .show('The preset was not saved.', { ms: 10_000, action: { label: 'Go on', run: again } });
  };
  return (
    <Dialog
      title={preset ? `Edit “${shorten(preset.name)}”` : 'New preset'}
      wide
      onClose={leave}
      actions={
        <>
          <Button onClick={leave}>Cancel</Button>
          <Button
            look="primary"
            disabled={draft.name.trim() === '' || broken || wrong.length > 0}
            onClick={() => void save()}
          >
            Save
          </Button>
        </>
      }
    >
      <TextField label="Name" value={draft.name} maxLength={80} onChange={(name) => change({ name })} />
      <TextField
        label="What it is for"
        value={draft.about}
        maxLength={200}
        onChange={(about) => change({ about })}
      />
      <Words
        label="Instructions"
        rows={6}
        value={draft.instructions}
        help="Short and positive works best with small models: one task, and at the end what the answer looks like. {{language}} asks for a language when the preset is picked; {{date}} and {{time}} are filled in."
        onChange={(instructions) => change({ instructions })}
      />
      {variablesIn(draft.instructions).includes(textVariable) && (
        <p className="field-problem">
          {'{{text}} belongs into the message field below: in the instructions it stays as it is written.'}
        </p>
      )}
      {asked.map((name) => (
        <TextField
          key={name}
          label={`${variableName(name)}, unless something else is said`}
          value={variableValue(draft.variables, name) ?? ''}
          onChange={(value) => change({ variables: { ...draft.variables, [name]: value } })}
        />
      ))}
      <Words
        label="Put into the message field"
        rows={2}
        value={draft.opening}
        help="For example: Translate this: {{text}}. What is typed already takes the place of {{text}}."
        onChange={(opening) => change({ opening })}
      />
      <div className="field-grid">
        <SelectField
          label="Model"
          value={draft.modelId ?? ''}
          options={[
            { value: '', label: 'As chosen at the top' },
            ...(draft.modelId !== null && !models.some(({ id }) => id === draft.modelId)
              ? [{ value: draft.modelId, label: 'A model that is gone' }]
              : []),
            ...models.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(value) => change({ modelId: value === '' ? null : value })}
        />
        <SelectField
          label="Answers from notes"
          value={draft.notes === null ? '' : draft.notes ? 'on' : 'off'}
          options={[
            { value: '', label: 'As the chat does' },
            { value: 'on', label: 'Yes, from all' },
            { value: 'off', label: 'No' },
          ]}
          onChange={(value) => change({ notes: notesValues[value as keyof typeof notesValues] })}
        />
      </div>
      <FormatField
        value={draft.format}
        follows="Plain words, as usual"
        onChange={(format) => change({ format })}
      />
      <details className="own-more">
        <summary>How words are picked</summary>
        <SamplingOwn
          modelId={draft.modelId}
          value={draft.sampling}
          onChange={(sampling) => change({ sampling })}
          onWrong={setWrong}
        />
      </details>
      {problem !== '' && (
        <p className="field-problem" role="alert">
          {problem}
        </p>
      )}
    </Dialog>
  );
}
