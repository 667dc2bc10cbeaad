import { isRecord } from './schemaParts.ts';

/** A schema as it is written down. */
export type WrittenSchema = { readonly [keyword: string]: unknown };

/** Makes a schema of an example: all its keys are required, and items of a list may differ as they do there. */
export function inferSchema(example: unknown): WrittenSchema {
  if (example === null) return { type: 'null' };
  if (Array.isArray(example)) {
    const items = example
      .map(inferSchema)
      .reduce<WrittenSchema | null>((a, b) => (a ? merge(a, b) : b), null);
    return items ? { type: 'array', items } : { type: 'array' };
  }
  if (isRecord(example)) {
    const properties = Object.fromEntries(
      Object.entries(example).map(([name, value]) => [name, inferSchema(value)]),
    );
    return { type: 'object', properties, required: Object.keys(properties) };
  }
  if (typeof example === 'number') return { type: Number.isInteger(example) ? 'integer' : 'number' };
  return { type: typeof example };
}

/** A schema for what fits one of two. */
function merge(a: WrittenSchema, b: WrittenSchema): WrittenSchema {
  if (JSON.stringify(a) === JSON.stringify(b)) return a;
  if (a['type'] === 'object' && b['type'] === 'object') return mergeObjects(a, b);
  if (a['type'] === 'array' && b['type'] === 'array') {
    const [left, right] = [a['items'], b['items']];
    const items = isRecord(left) && isRecord(right) ? merge(left, right) : (left ?? right);
    return { type: 'array', items };
  }
  const numbers = ['integer', 'number'];
  if (numbers.includes(String(a['type'])) && numbers.includes(String(b['type']))) return { type: 'number' };
  const options = [...optionsOf(a), ...optionsOf(b)];
  const different = [...new Map(options.map((option) => [JSON.stringify(option), option])).values()];
  return { anyOf: different };
}

const optionsOf = (schema: WrittenSchema): readonly unknown[] =>
  Array.isArray(schema['anyOf']) ? schema['anyOf'] : [schema];

function mergeObjects(a: WrittenSchema, b: WrittenSchema): WrittenSchema {
  const [left, right] = [a['properties'], b['properties']].map((each) => (isRecord(each) ? each : {}));
  const names = [...new Set([...Object.keys(left ?? {}), ...Object.keys(right ?? {})])];
  const properties = Object.fromEntries(
    names.map((name) => {
      const [one, other] = [left?.[name], right?.[name]];
      return [name, isRecord(one) && isRecord(other) ? merge(one, other) : (one ?? other)];
    }),
  );
  const required = (schema: WrittenSchema) => (Array.isArray(schema['required']) ? schema['required'] : []);
  return {
    type: 'object',
    properties,
    required: required(a).filter((name: unknown) => required(b).includes(name)),
  };
}
