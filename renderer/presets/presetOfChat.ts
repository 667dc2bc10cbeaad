import type { ChatSettings } from '../../electron/contract/chatSettings.ts';
import { type Preset, preset as presetSchema } from '../../electron/contract/presets.ts';

/** A preset not saved yet. */
export const freshPreset: Preset = { ...presetSchema.parse({ id: 'new', name: 'New preset' }), name: '' };

/** What a chat does in its own way, as a preset that has no name yet; what follows Settings stays open. */
export function presetOfChat({ preset, ...own }: ChatSettings): Preset {
  return {
    ...freshPreset,
    about: preset?.about ?? '',
    instructions: own.instructions ?? preset?.instructions ?? '',
    opening: preset?.opening ?? '',
    variables: { ...preset?.variables, ...own.variables },
    modelId: own.modelId ?? preset?.modelId ?? null,
    sampling: { ...preset?.sampling, ...own.sampling },
    notes: own.notes === 'follow' ? (preset?.notes ?? null) : own.notes !== null,
    format: own.format ?? preset?.format ?? null,
  };
}

/** What a chat changes where a preset takes the place of all that it did in its own way. */
export const followPreset = (preset: Preset, variables: Readonly<Record<string, string>> = {}) => ({
  preset,
  variables: { ...variables },
  instructions: null,
  sampling: {},
  modelId: null,
  format: null,
});
