import { z } from 'zod';
import { InklingError } from '../../contract/errors.ts';
import { type Preset, preset, presetFile } from '../../contract/presets.ts';

/** Reads presets from the text of a file: what Inkling exports, a list of presets, or a single one. */
export function readPresetFile(json: string): Preset[] {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw refused('It is no JSON.');
  }
  const list = z
    .array(preset.omit({ id: true }))
    .min(1)
    .max(500);
  const found =
    typeof value === 'object' && value !== null && 'inkling' in value
      ? presetFile.safeParse(value).data?.presets
      : list.safeParse(Array.isArray(value) ? value : [value]).data;
  if (!found) throw refused('It holds no presets, or one that cannot be used.');
  return found.map((each) => ({ ...each, id: 'imported' }));
}

/** Presets as the text of a file that {@link readPresetFile} takes. */
export async function* writePresetFile(presets: readonly Preset[]): AsyncGenerator<string> {
  const file = presetFile.parse({ inkling: 'presets', version: 1, presets });
  yield `${JSON.stringify(file, null, 2)}\n`;
}

const refused = (why: string) =>
  new InklingError('bad_input', `These presets could not be imported. ${why} Nothing was changed.`);
