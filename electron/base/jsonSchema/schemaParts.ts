/** A schema, or a part of one, as JSON. */
export type Schema = Readonly<Record<string, unknown>>;

/** True for an object in braces. */
export const isRecord = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const keywords: Readonly<Record<string, readonly string[]>> = {
  object: ['properties', 'required', 'additionalProperties'],
  array: ['items', 'prefixItems', 'minItems', 'maxItems'],
  string: ['format', 'minLength', 'maxLength'],
};

/** The types that a schema names, or that its keywords are about; none where anything goes. */
export function typesOf(schema: Schema): readonly string[] {
  const { type } = schema;
  if (typeof type === 'string') return [type];
  if (Array.isArray(type)) return [...new Set(type.map(String))];
  // What stands there tells what is meant.
  const about = Object.entries(keywords).find(([, names]) =>
    names.some((name) => schema[name] !== undefined),
  );
  return about ? [about[0]] : [];
}

/** Whether a value is of a type, by its name in JSON schema. */
export function isOfType(value: unknown, type: string): boolean {
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return isRecord(value);
  if (type === 'integer') return Number.isInteger(value);
  return typeof value === type;
}

/** A name as a step of a pointer. */
export const step = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

/** The part of a schema that `#/$defs/name` names. */
export function lookUp(root: unknown, ref: string): unknown {
  let found: unknown = root;
  for (const step of ref === '#' ? [] : ref.slice(2).split('/')) {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
    if (Array.isArray(found)) found = found[Number(name)];
    else found = isRecord(found) && Object.hasOwn(found, name) ? found[name] : undefined;
  }
  return found;
}

/** Reads JSON, or tells in words why it cannot be read. */
export function parseJson(
  text: string,
):
  | { readonly value: unknown; readonly problem: null }
  | { readonly value?: never; readonly problem: string } {
  try {
    return { value: JSON.parse(text), problem: null };
  } catch (error) {
    return { problem: `This is no JSON yet: ${error instanceof Error ? error.message : String(error)}.` };
  }
}

/** How deep the brackets of a JSON text nest, without reading it: what reads it may recurse. */
export function nestingOf(json: string): number {
  let depth = 0;
  let deepest = 0;
  let quoted = false;
  for (let at = 0; at < json.length; at++) {
    const char = json[at];
    if (quoted && char === '\\') at++;
    else if (char === '"') quoted = !quoted;
    else if (!quoted && (char === '[' || char === '{')) deepest = Math.max(deepest, ++depth);
    else if (!quoted && (char === ']' || char === '}')) depth--;
  }
  return deepest;
}
