import { readSchema } from './readSchema.ts';
import { isRecord } from './schemaParts.ts';

/** What is taken out may have hidden more. */
const rounds = 5;

/**
 * Takes out of a schema what cannot be enforced (a looser schema; `oneOf` becomes `anyOf`), as text. Null where that
 * does not help.
 */
export function mendSchema(text: string): string | null {
  let mended = text;
  for (let round = 0; round < rounds; round++) {
    const { shape, problems } = readSchema(mended);
    if (shape) return round === 0 ? null : mended;
    const rules = new Set(problems.flatMap(({ rule }) => rule ?? []));
    if (rules.size === 0) return null;
    mended = JSON.stringify(without(JSON.parse(mended), rules), null, 2);
  }
  return null;
}

function without(schema: unknown, rules: ReadonlySet<string>): unknown {
  if (Array.isArray(schema)) return schema.map((each) => without(each, rules));
  if (!isRecord(schema)) return schema;
  return Object.fromEntries(
    Object.entries(schema).flatMap(([key, value]): [string, unknown][] => {
      // Names of properties are no keywords.
      if ((key === 'properties' || key === '$defs' || key === 'definitions') && isRecord(value))
        return [
          [
            key,
            Object.fromEntries(Object.entries(value).map(([name, each]) => [name, without(each, rules)])),
          ],
        ];
      if (key === 'enum' || key === 'const' || key === 'default' || key === 'examples') return [[key, value]];
      if (key === 'oneOf' && rules.has(key) && schema['anyOf'] === undefined)
        return [['anyOf', without(value, rules)]];
      return rules.has(key) ? [] : [[key, without(value, rules)]];
    }),
  );
}
