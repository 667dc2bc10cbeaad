import { isRecord } from './schemaParts.ts';
import type { MomentFormat, Shape } from './shape.ts';

const moments: Readonly<Record<MomentFormat, RegExp>> = {
  date: /^\d{4}-\d\d-\d\d$/,
  time: /^\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/,
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/,
};

/** Whether a value is what a shape demands. */
export function conforms(value: unknown, shape: Shape): boolean {
  switch (shape.kind) {
    case 'any':
      return true;
    case 'null':
      return value === null;
    case 'boolean':
    case 'number':
      return typeof value === shape.kind;
    case 'integer':
      return Number.isInteger(value);
    case 'string': {
      if (typeof value !== 'string') return false;
      const length = [...value].length;
      return length >= shape.min && (shape.max === null || length <= shape.max);
    }
    case 'moment':
      return typeof value === 'string' && moments[shape.format].test(value);
    case 'literal':
      return shape.values.includes(JSON.stringify(value));
    case 'choice':
      return shape.options.some((option) => conforms(value, option));
    case 'map':
      return isRecord(value) && Object.values(value).every((each) => conforms(each, shape.value));
    case 'array': {
      const { first, items, min, max } = shape;
      if (!Array.isArray(value) || value.length < min || (max !== null && value.length > max)) return false;
      return value.every((each, index) => conforms(each, first[index] ?? items));
    }
    case 'object':
      return (
        isRecord(value) &&
        shape.fields.every(({ name, shape: field, required }) =>
          Object.hasOwn(value, name) ? conforms(value[name], field) : !required,
        )
      );
  }
}

/** How a text turned out that was to be JSON of a shape. `ended`: its writer came to the end of it. */
export function judgeJson(text: string, shape: Shape, ended: boolean): 'valid' | 'unfinished' | 'invalid' {
  try {
    const value: unknown = JSON.parse(text);
    // Where a number is cut, its beginning is a number, too.
    if (!ended && typeof value === 'number') return 'unfinished';
    if (conforms(value, shape)) return 'valid';
  } catch {
    return ended ? 'invalid' : 'unfinished';
  }
  return 'invalid';
}
