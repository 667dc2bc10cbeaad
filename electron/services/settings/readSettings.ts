import { type Settings, sampling, settingsSchema } from '../../contract/settings.ts';

/** What a settings file gave. `raw` keeps what this version does not know, so that a newer one finds it again. */
export interface ReadSettings {
  readonly settings: Settings;
  readonly raw: Readonly<Record<string, unknown>>;
  /** Names of the settings that could not be used and fell back to their default. */
  readonly invalid: readonly string[];
}

interface Field {
  safeParse(value: unknown): { success: boolean; data?: unknown };
}
type Fields = Readonly<Record<string, Field>>;

/** All settings at their defaults. */
export const defaultSettings: Settings = settingsSchema.parse({});

/** Reads the text of a settings file, setting by setting. Throws only if it is no JSON object at all. */
export function readSettings(json: string): ReadSettings {
  const raw: unknown = JSON.parse(json);
  if (!isRecord(raw)) throw new Error('not a JSON object');
  const invalid: string[] = [];
  const chosen = pick(settingsSchema.shape, { ...raw, sampling: undefined, load: undefined }, '', invalid);
  const sampled = group(raw, 'sampling', invalid, (values) =>
    pick(sampling.shape, values, 'sampling.', invalid),
  );
  const load = group(raw, 'load', invalid, (values) =>
    pick(
      Object.fromEntries(Object.keys(values).map((id) => [id, settingsSchema.shape.load.unwrap().valueType])),
      values,
      'load.',
      invalid,
    ),
  );
  return { settings: settingsSchema.parse({ ...chosen, sampling: sampled, load }), raw, invalid };
}

/** The values of `fields` that are valid; the names of the others go to `invalid`. */
function pick(fields: Fields, values: Record<string, unknown>, prefix: string, invalid: string[]) {
  const valid: [string, unknown][] = [];
  for (const [name, field] of Object.entries(fields)) {
    if (values[name] === undefined) continue;
    const parsed = field.safeParse(values[name]);
    if (parsed.success) valid.push([name, parsed.data]);
    else invalid.push(prefix + name);
  }
  return Object.fromEntries(valid);
}

function group(
  raw: Record<string, unknown>,
  name: string,
  invalid: string[],
  read: (values: Record<string, unknown>) => Record<string, unknown>,
): Record<string, unknown> {
  const values = raw[name];
  if (isRecord(values)) return read(values);
  if (values !== undefined) invalid.push(name);
  return {};
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
