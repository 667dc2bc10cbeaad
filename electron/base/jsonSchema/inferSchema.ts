import { readSchema, schemaLimits } from './readSchema.ts';
import { isRecord, nestingOf, parseJson } from './schemaParts.ts';

/** A schema as it is written down. */
export type WrittenSchema = { readonly [keyword: string]: unknown };

/** Makes a schema of an example: all its keys are required, and items of a list may differ as they do there. */
export const inferSchema = (example: unknown): WrittenSchema => inferOf([example]);

/** Makes the text of a schema of the text of an example, or tells in words why that cannot be. */
export function schemaOfExample(text: string): { readonly schema: string } | { readonly problem: string } {
  const { characters, brackets, depth } = schemaLimits;
  if (text.length > characters)
    return { problem: `An example can have ${characters.toLocaleString('en')} characters at most.` };
  if (nestingOf(text) > brackets) return { problem: `This example nests deeper than ${depth} levels.` };
  const { value, problem } = parseJson(text);
  if (problem !== null) return { problem };
  const schema = JSON.stringify(inferSchema(value), null, 2);
  const [first] = readSchema(schema).problems;
  return first ? { problem: `A schema of this example would not do. ${first.words}` } : { schema };
}

/** A schema that all these values fit. */
function inferOf(values: readonly unknown[]): WrittenSchema {
  const kinds = [...new Set(values.map(kindOf))];
  const options = kinds.map((kind): WrittenSchema => {
    const alike = values.filter((value) => kindOf(value) === kind);
    if (kind === 'object') return objectOf(alike.filter(isRecord));
    if (kind === 'array') {
      const items = alike.flatMap((value) => (Array.isArray(value) ? value : []));
      return items.length === 0 ? { type: 'array' } : { type: 'array', items: inferOf(items) };
    }
    return { type: kind === 'number' && alike.every(Number.isInteger) ? 'integer' : kind };
  });
  const [only] = options;
  return options.length === 1 && only ? only : { anyOf: options };
}

function objectOf(values: readonly Readonly<Record<string, unknown>>[]): WrittenSchema {
  const found = new Map<string, unknown[]>();
  for (const value of values)
    for (const [name, each] of Object.entries(value)) {
      const known = found.get(name);
      if (known) known.push(each);
      else found.set(name, [each]);
    }
  return {
    type: 'object',
    properties: Object.fromEntries([...found].map(([name, each]) => [name, inferOf(each)])),
    required: [...found].filter(([, each]) => each.length === values.length).map(([name]) => name),
  };
}

const kindOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
