import { fillVariables, knownVariables, variablesIn } from '../../electron/base/variables.ts';
import type { Preset } from '../../electron/contract/presets.ts';
import { focusComposer } from '../app/actions.ts';
import type { Stores } from '../app/stores.tsx';
import { ownOf } from '../chat/own/useOwn.ts';
import { followPreset } from './presetOfChat.ts';

/** The variable that stands for what is written in the composer. */
export const textVariable = 'text';

/** What a person has to be asked before a preset can be used. */
export function askedBy({
  instructions,
  opening,
}: Pick<Preset, 'instructions' | 'opening'>): readonly string[] {
  const known = knownVariables(new Date());
  return variablesIn(instructions, opening).filter((name) => !Object.hasOwn(known, name));
}

/** Uses a preset in a chat: asks for its variables first, where it has any. */
export function pickPreset(stores: Stores, chat: string | null, preset: Preset): void {
  if (askedBy(preset).length > 0) stores.ui.getState().show({ kind: 'presetForm', preset, chat });
  else takePreset(stores, chat, preset, {});
}

/** Uses a preset in a chat with these values of its variables; the chat's other own settings make room for it. */
export function takePreset(
  stores: Stores,
  chat: string | null,
  preset: Preset,
  values: Readonly<Record<string, string>>,
): void {
  const { chatSettings, drafts, toasts } = stores;
  const key = chat ?? '';
  const before = ownOf(stores, chat);
  const words = drafts.getState().drafts[key] ?? '';
  const { [textVariable]: text, ...kept } = values;
  void chatSettings.getState().set(key, {
    ...followPreset(preset, kept),
    ...(preset.notes !== null && { notes: 'follow' as const }),
  });
  const opening = preset.opening === '' && text !== undefined ? `{{${textVariable}}}` : preset.opening;
  if (opening !== '')
    drafts
      .getState()
      .set(key, fillVariables(opening, { ...knownVariables(new Date()), ...preset.variables, ...values }));
  toasts.getState().show(`This chat now uses “${preset.name}”.`, {
    action: {
      label: 'Undo',
      run: () => {
        void chatSettings.getState().set(key, before);
        drafts.getState().set(key, words);
      },
    },
  });
  focusComposer();
}

/** Lets a chat do without its preset. */
export const leavePreset = ({ chatSettings }: Stores, chat: string | null): void =>
  void chatSettings.getState().set(chat ?? '', { preset: null, variables: {} });
