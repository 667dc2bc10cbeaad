import type { Shape } from './shape.ts';

/** Longer descriptions would fill the window of a small model. */
const longest = 4000;

/** Describes a shape to a model in few tokens: `{"name": string, "age"?: integer}`. */
export function describeShape(shape: Shape): string {
  const text = words(shape);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

function words(shape: Shape): string {
  switch (shape.kind) {
    case 'object':
      return `{${shape.fields
        .map(
          ({ name, shape: value, required }) =>
            `${JSON.stringify(name)}${required ? '' : '?'}: ${words(value)}`,
        )
        .join(', ')}}`;
    case 'map':
      return `{any name: ${words(shape.value)}}`;
    case 'array': {
      const first = shape.first.map(words);
      const rest = shape.max === shape.first.length ? [] : [`${words(shape.items)}, …`];
      return `[${[...first, ...rest].join(', ')}]`;
    }
    case 'moment':
      return { date: '"YYYY-MM-DD"', time: '"HH:MM:SSZ"', 'date-time': '"YYYY-MM-DDTHH:MM:SSZ"' }[
        shape.format
      ];
    case 'literal':
      return shape.values.join(' | ');
    case 'choice':
      return shape.options.map(words).join(' | ');
    default:
      return shape.kind;
  }
}
