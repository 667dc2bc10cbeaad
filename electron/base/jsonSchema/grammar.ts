import { anyDepth, type Field, type MomentFormat, type Shape } from './shape.ts';

/** Longer grammars are refused; the limits of schemas keep nearly all below. */
export const longestGrammar = 200_000;

/**
 * A character of a string; the escapes are those that stand for one character each. The class says what there is rather
 * than what not: of tokens that are single bytes, llama.cpp then takes those that can still become such a character, and no
 * others. Else it would count as one character what everybody else reads as several broken ones.
 */
const charRule = String.raw`char ::= [\x20-\x21\x23-\x5B\x5D-\x7E\x80-\uD7FF\uE000-\U0010FFFF] | "\\" ["\\/bfnrt]`;
const numberRule = 'number ::= integer ("." [0-9]{1,12})?';
const integerRule = 'integer ::= "-"? ("0" | [1-9] [0-9]{0,14})';
const year = '[0-9]{4}';
const day = (last: string) => `("0" [1-9] | [1] [0-9] | ${last})`;
const date = [
  `("01" | "03" | "05" | "07" | "08" | "10" | "12") "-" ${day('"2" [0-9] | "30" | "31"')}`,
  `("04" | "06" | "09" | "11") "-" ${day('"2" [0-9] | "30"')}`,
  `"02-" ${day('"2" [0-8]')}`,
].join(' | ');
const time = '([01] [0-9] | "2" [0-3]) ":" [0-5] [0-9] ":" [0-5] [0-9] "Z"';
const moments: Readonly<Record<MomentFormat, string>> = {
  date: `"\\"" ${year} "-" (${date}) "\\""`,
  time: `"\\"" ${time} "\\""`,
  'date-time': `"\\"" ${year} "-" (${date}) "T" ${time} "\\""`,
};

/**
 * Writes the grammar (GBNF) of all JSON texts of a shape. There is no white space in it, in which a small model could
 * go in circles, and nothing refers back to itself. Null if it would be too long.
 */
export function grammarOf(shape: Shape): string | null {
  const rules: string[] = [charRule, integerRule, numberRule];
  let length = 0;
  let last = 0;
  const rule = (body: string, name = `r${++last}`): string => {
    const line = `${name} ::= ${body}`;
    length += line.length;
    if (length <= longestGrammar) rules.push(line);
    return name;
  };

  const write = (part: Shape): string => {
    switch (part.kind) {
      case 'object':
        return object(part.fields);
      case 'map':
        return rule(`"{" ${listOf(rule(`${string(1, 40)} ":" ${write(part.value)}`), 0, null)} "}"`);
      case 'array':
        return array(part);
      case 'string':
        return string(part.min, part.max);
      case 'moment':
        return rule(moments[part.format]);
      case 'number':
      case 'integer':
        return part.kind;
      case 'boolean':
        return '("true" | "false")';
      case 'null':
        return '"null"';
      case 'any':
        return any(anyDepth);
      case 'literal':
        return rule(part.values.map(quoted).join(' | '));
      case 'choice':
        return rule(part.options.map(write).join(' | '));
    }
  };

  const string = (min: number, max: number | null): string =>
    `"\\"" char${min === 0 && max === null ? '*' : `{${min},${max ?? ''}}`} "\\""`;

  /** So many of a rule, with commas between. */
  const listOf = (item: string, min: number, max: number | null): string => {
    if (max === 0) return '""';
    const more = `("," ${item}){${Math.max(0, min - 1)},${max === null ? '' : max - 1}}`;
    return min === 0 ? `(${item} ${more})?` : `${item} ${more}`;
  };

  const array = ({ first, items, min, max }: Extract<Shape, { kind: 'array' }>): string => {
    const begin = first.map(write).join(' "," ');
    const left = max === null ? null : max - first.length;
    if (left === 0) return rule(`"[" ${begin || '""'} "]"`);
    const item = rule(write(items));
    if (first.length === 0) return rule(`"[" ${listOf(item, min, max)} "]"`);
    return rule(`"[" ${begin} ("," ${item}){${min - first.length},${left ?? ''}} "]"`);
  };

  /** `next` follows a field, `start` comes where none was written yet: the comma depends on it. */
  const object = (fields: readonly Field[]): string => {
    let next = '""';
    let start = '""';
    for (const { name, shape: value, required } of fields.toReversed()) {
      const pair = rule(`${quoted(`${JSON.stringify(name)}:`)} ${write(value)}`);
      const begun = `${pair} ${next}`;
      start = rule(required ? begun : `${begun} | ${start}`);
      next = rule(required ? `"," ${begun}` : `"," ${begun} | ${next}`);
    }
    return rule(`"{" ${start} "}"`);
  };

  const any = (depth: number): string => {
    const name = `any${depth}`;
    if (rules.some((line) => line.startsWith(`${name} ::=`))) return name;
    const plain = `${string(0, null)} | number | "true" | "false" | "null"`;
    if (depth === 0) return rule(plain, name);
    const below = any(depth - 1);
    const pair = rule(`${string(1, 40)} ":" ${below}`);
    return rule(`${plain} | "[" ${listOf(below, 0, null)} "]" | "{" ${listOf(pair, 0, null)} "}"`, name);
  };

  rules.push(`root ::= ${write(shape)}`);
  return length > longestGrammar ? null : `${rules.join('\n')}\n`;
}

/** A text as a grammar writes it. */
const quoted = (text: string): string =>
  `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n').replaceAll('\r', '\\r')}"`;
