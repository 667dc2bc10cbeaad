import { readSchema } from './readSchema.ts';
import { isRecord, lookUp } from './schemaParts.ts';

/** What is taken out may have hidden more. */
const rounds = 20;

/**
 * Takes out of a schema what cannot be enforced, where it stands (a looser schema; `oneOf` becomes `anyOf`), as text. Null
 * where that does not help.
 */
export function mendSchema(text: string): string | null {
  let mended = text;
  for (let round = 0; round < rounds; round++) {
    const { shape, problems } = readSchema(mended);
    if (shape) return round === 0 ? null : mended;
    const rules = problems.filter(({ rule }) => rule !== undefined);
    if (rules.length === 0) return null;
    const schema: unknown = JSON.parse(mended);
    for (const { at, rule = '' } of rules) leaveOut(lookUp(schema, at), rule);
    mended = JSON.stringify(schema, null, 2);
  }
  return null;
}

function leaveOut(part: unknown, rule: string): void {
  if (!isRecord(part)) return;
  const rules = part as Record<string, unknown>;
  if (rule === 'oneOf' && rules['anyOf'] === undefined) rules['anyOf'] = rules[rule];
  delete rules[rule];
}
