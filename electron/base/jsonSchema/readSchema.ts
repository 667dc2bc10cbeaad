import {
  isOfType,
  isRecord,
  lookUp,
  nestingOf,
  parseJson,
  type Schema,
  step,
  typesOf,
} from './schemaParts.ts';
import { type Field, type MomentFormat, momentFormats, type Shape } from './shape.ts';

/** What is wrong with a schema, and where: `#/properties/age`. `rule` names a keyword that cannot be enforced. */
export interface SchemaProblem {
  readonly at: string;
  readonly words: string;
  readonly rule?: string;
}

export type ReadSchema =
  | { readonly shape: Shape; readonly problems: readonly [] }
  | { readonly shape: null; readonly problems: readonly SchemaProblem[] };

/** Beyond these a schema is refused: no answer of a small model needs more, and a grammar must stay small. */
export const schemaLimits = {
  characters: 100_000,
  depth: 16,
  /** Each level of a schema is a few brackets deep. */
  brackets: 64,
  parts: 1000,
  fields: 200,
  values: 500,
  repeat: 1000,
  repeats: 20_000,
} as const;

/** Keywords that only describe. */
const remarks: ReadonlySet<string> = new Set(
  [
    'title',
    'description',
    'default',
    'examples',
    'deprecated',
    'readOnly',
    'writeOnly',
    '$schema',
    '$id',
  ].concat(['$comment', '$defs', 'definitions', '$anchor']),
);
const enforced: ReadonlySet<string> = new Set(
  [
    'type',
    'properties',
    'required',
    'additionalProperties',
    'items',
    'prefixItems',
    'minItems',
    'maxItems',
  ].concat(['enum', 'const', 'anyOf', '$ref', 'minLength', 'maxLength', 'format']),
);
const types = ['object', 'array', 'string', 'number', 'integer', 'boolean', 'null'] as const;

class Refused extends Error {}

/** Reads the text of a JSON schema. All that cannot be enforced is told at once; nothing makes it throw. */
export function readSchema(text: string): ReadSchema {
  const fail = (words: string, at = '#'): ReadSchema => ({ shape: null, problems: [{ at, words }] });
  if (text.length > schemaLimits.characters)
    return fail(`It has more than ${schemaLimits.characters.toLocaleString('en')} characters.`);
  if (nestingOf(text) > schemaLimits.brackets)
    return fail(`It nests deeper than ${schemaLimits.depth} levels.`);
  const { value: root, problem } = parseJson(text);
  if (problem !== null) return fail(problem);
  const problems: SchemaProblem[] = [];
  try {
    const shape = createReader(root, problems).read(root, '#', 0, []);
    return problems.length === 0 ? { shape, problems: [] } : { shape: null, problems };
  } catch (error) {
    if (error instanceof Refused) return fail(error.message);
    throw error;
  }
}

function createReader(root: unknown, problems: SchemaProblem[]) {
  let parts = 0;
  let repeats = 0;
  const any: Shape = { kind: 'any' };
  const tell = (at: string, words: string, rule?: string): Shape => {
    if (problems.length < 50) problems.push(rule === undefined ? { at, words } : { at, words, rule });
    return any;
  };

  /** A count within the limits. */
  const count = (schema: Schema, name: string, at: string): number | null => {
    const value = schema[name];
    if (value === undefined) return null;
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) {
      tell(at, `“${name}” has to be a whole number, 0 or more.`);
      return null;
    }
    if (value > schemaLimits.repeat) {
      tell(at, `“${name}” can be ${schemaLimits.repeat} at most.`);
      return null;
    }
    repeats += value;
    if (repeats > schemaLimits.repeats) throw new Refused('Its lengths and counts are too large together.');
    return value;
  };
  const range = (schema: Schema, names: readonly [string, string], at: string) => {
    const [min, max] = [count(schema, names[0], at) ?? 0, count(schema, names[1], at)];
    if (max !== null && min > max) tell(at, `“${names[0]}” is more than “${names[1]}”, so nothing fits.`);
    return { min, max };
  };

  const read = (schema: unknown, at: string, depth: number, refs: readonly string[]): Shape => {
    if (++parts > schemaLimits.parts)
      throw new Refused(`It has more than ${schemaLimits.parts.toLocaleString('en')} parts.`);
    if (depth > schemaLimits.depth) throw new Refused(`It nests deeper than ${schemaLimits.depth} levels.`);
    if (schema === true) return any;
    if (schema === false) return tell(at, 'Here nothing is allowed, so no answer fits.');
    if (!isRecord(schema)) return tell(at, 'Here a schema has to stand: an object in braces.');
    for (const rule of Object.keys(schema))
      if (!enforced.has(rule) && !remarks.has(rule))
        tell(at, `“${rule}” cannot be enforced while an answer is written.`, rule);
    if (schema['$ref'] !== undefined) return follow(schema, at, depth, refs);
    const into = (value: unknown, place: string) => read(value, `${at}/${place}`, depth + 1, refs);
    if (schema['const'] !== undefined) return literal([schema['const']], schema, at);
    if (schema['enum'] !== undefined)
      return Array.isArray(schema['enum'])
        ? literal(schema['enum'], schema, at)
        : tell(at, '“enum” has to be a list of values.');
    if (schema['anyOf'] !== undefined) return choice(schema, at, into);
    return ofTypes(schema, at, into);
  };

  const follow = (schema: Schema, at: string, depth: number, refs: readonly string[]): Shape => {
    const ref = schema['$ref'];
    if (typeof ref !== 'string' || !ref.startsWith('#'))
      return tell(at, '“$ref” can only name a part of this schema, like “#/$defs/person”.');
    if (refs.includes(ref) || ref === '#')
      return tell(
        at,
        `“${ref}” leads back to itself. An answer could nest without end, so that is not possible.`,
      );
    const beside = Object.keys(schema).find((key) => enforced.has(key) && key !== '$ref');
    if (beside) return tell(at, `“${beside}” beside “$ref” cannot be enforced.`, beside);
    const target = lookUp(root, ref);
    return target === undefined
      ? tell(at, `“${ref}” is not in this schema.`)
      : read(target, ref, depth + 1, [...refs, ref]);
  };

  const literal = (values: readonly unknown[], schema: Schema, at: string): Shape => {
    const beside = Object.keys(schema).find(
      (key) => enforced.has(key) && !['type', 'enum', 'const'].includes(key),
    );
    if (beside) return tell(at, `“${beside}” beside fixed values cannot be enforced.`, beside);
    if (values.length > schemaLimits.values)
      return tell(at, `A list of ${schemaLimits.values} values at most.`);
    const wanted = typesOf(schema);
    const fitting = values.filter(
      (value) => wanted.length === 0 || wanted.some((type) => isOfType(value, type)),
    );
    if (fitting.length === 0) return tell(at, 'None of these values fits the type.');
    return { kind: 'literal', values: [...new Set(fitting.map((value) => JSON.stringify(value)))] };
  };

  const choice = (schema: Schema, at: string, into: (value: unknown, place: string) => Shape): Shape => {
    const options = schema['anyOf'];
    if (!Array.isArray(options) || options.length === 0)
      return tell(at, '“anyOf” has to be a list of schemas, one at least.');
    const beside = Object.keys(schema).find((key) => enforced.has(key) && key !== 'anyOf');
    if (beside)
      return tell(at, `“${beside}” beside “anyOf” cannot be enforced; put it into each option.`, beside);
    return { kind: 'choice', options: options.map((option, index) => into(option, `anyOf/${index}`)) };
  };

  const ofTypes = (schema: Schema, at: string, into: (value: unknown, place: string) => Shape): Shape => {
    const { type } = schema;
    if (type !== undefined && typeof type !== 'string' && !(Array.isArray(type) && type.length > 0))
      return tell(at, '“type” has to be a type of JSON, or a list of them.');
    const wanted = typesOf(schema);
    const unknown = wanted.find((type) => !(types as readonly string[]).includes(type));
    if (unknown !== undefined) return tell(at, `“${unknown}” is no type of JSON.`);
    const shapes = wanted.map((type): Shape => {
      switch (type) {
        case 'object':
          return object(schema, at, into);
        case 'array':
          return array(schema, at, into);
        case 'string':
          return string(schema, at);
        default:
          return { kind: type as 'number' | 'integer' | 'boolean' | 'null' };
      }
    });
    return shapes.length === 1
      ? (shapes[0] ?? any)
      : shapes.length === 0
        ? any
        : { kind: 'choice', options: shapes };
  };

  const object = (schema: Schema, at: string, into: (value: unknown, place: string) => Shape): Shape => {
    const { properties = {}, required = [], additionalProperties: others } = schema;
    if (!isRecord(properties)) return tell(at, '“properties” has to be an object.');
    if (!Array.isArray(required) || required.some((name) => typeof name !== 'string'))
      return tell(at, '“required” has to be a list of names.');
    const names = Object.keys(properties);
    const missing = [...new Set(required as string[])].filter((name) => !Object.hasOwn(properties, name));
    if (missing.length > 0 && others === false)
      return tell(at, `“${missing[0]}” is required but not among the properties.`);
    if (names.length + missing.length > schemaLimits.fields)
      return tell(at, `An object can have ${schemaLimits.fields} properties at most.`);
    const rest = () => (isRecord(others) ? into(others, 'additionalProperties') : any);
    if (names.length + missing.length === 0)
      return others === false ? { kind: 'object', fields: [] } : { kind: 'map', value: rest() };
    const fields: Field[] = names.map((name) => ({
      name,
      shape: into(properties[name], `properties/${step(name)}`),
      required: required.includes(name),
    }));
    const added = missing.map((name): Field => ({ name, shape: rest(), required: true }));
    return { kind: 'object', fields: [...fields, ...added] };
  };

  const array = (schema: Schema, at: string, into: (value: unknown, place: string) => Shape): Shape => {
    const { items = true, prefixItems = [] } = schema;
    if (!Array.isArray(prefixItems)) return tell(at, '“prefixItems” has to be a list of schemas.');
    const { min, max } = range(schema, ['minItems', 'maxItems'], at);
    const end = max === null ? prefixItems.length : Math.min(max, prefixItems.length);
    const first = prefixItems.slice(0, end).map((item, index) => into(item, `prefixItems/${index}`));
    const closed = items === false;
    if (closed && min > first.length) return tell(at, '“minItems” asks for more items than there can be.');
    return {
      kind: 'array',
      first,
      items: closed ? any : into(items, 'items'),
      min: Math.max(min, first.length),
      max: closed ? first.length : max,
    };
  };

  const string = (schema: Schema, at: string): Shape => {
    const { format } = schema;
    const { min, max } = range(schema, ['minLength', 'maxLength'], at);
    if (format === undefined) return { kind: 'string', min, max };
    if (typeof format !== 'string' || !momentFormats.includes(format))
      return tell(at, `“format”: only ${momentFormats.join(', ')} can be enforced.`, 'format');
    if (schema['minLength'] !== undefined || schema['maxLength'] !== undefined)
      return tell(at, 'A length beside “format” cannot be enforced.', 'minLength');
    return { kind: 'moment', format: format as MomentFormat };
  };

  return { read };
}
