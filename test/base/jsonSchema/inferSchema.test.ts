import { describe, expect, it } from 'vitest';
import { conforms, judgeJson } from '../../../electron/base/jsonSchema/conforms.ts';
import { describeShape } from '../../../electron/base/jsonSchema/describeShape.ts';
import { inferSchema, schemaOfExample } from '../../../electron/base/jsonSchema/inferSchema.ts';
import { readSchema } from '../../../electron/base/jsonSchema/readSchema.ts';
import type { Shape } from '../../../electron/base/jsonSchema/shape.ts';

const shapeOf = (schema: unknown): Shape => {
  const { shape, problems } = readSchema(JSON.stringify(schema));
  if (!shape) throw new Error(JSON.stringify(problems));
  return shape;
};

describe('a schema made from an example', () => {
  it.each([
    [null],
    ['word'],
    [1.5],
    [[]],
    [{}],
    [{ name: 'Ann', tags: ['a'], born: { year: 1990, town: null } }],
    [[{ a: 1 }, { a: 2.5, b: 'x' }, { a: null }]],
    [[[1], ['x'], []]],
    [[1, 'two', { three: 3 }, [4]]],
  ])('fits %j itself', (example) => {
    expect(conforms(example, shapeOf(inferSchema(example)))).toBe(true);
  });

  it('requires what all items have, and lets the rest be missing', () => {
    expect(inferSchema([{ a: 1 }, { a: 2.5, b: 'x' }])).toEqual({
      type: 'array',
      items: {
        type: 'object',
        properties: { a: { type: 'number' }, b: { type: 'string' } },
        required: ['a'],
      },
    });
  });

  it('knows only the keys that are written, whatever every object has', () => {
    expect(inferSchema([{ a: 1 }, { constructor: 'x' }])).toEqual({
      type: 'array',
      items: {
        type: 'object',
        properties: { a: { type: 'integer' }, constructor: { type: 'string' } },
        required: [],
      },
    });
  });

  it('is made of text, and what cannot be one is told in words', () => {
    expect(schemaOfExample('[1]')).toEqual({
      schema: JSON.stringify({ type: 'array', items: { type: 'integer' } }, null, 2),
    });
    const many = Array.from({ length: 9000 }, (_, n) => ({ [`k${n}`]: 1 }));
    const hostile: readonly [string, RegExp][] = [
      ['{"a":', /no JSON yet/],
      ['['.repeat(40_000), /deeper/],
      [JSON.stringify(many).slice(0, 120_000), /characters/],
      [JSON.stringify(many.slice(0, 1000)), /200 properties/],
    ];
    for (const [text, words] of hostile)
      expect(schemaOfExample(text)).toEqual({ problem: expect.stringMatching(words) });
  });
});

describe('judging an answer', () => {
  const shape = shapeOf({
    properties: { a: { type: 'integer' }, when: { format: 'date' } },
    required: ['a'],
  });

  it('tells valid from unfinished and from what is not of the form', () => {
    expect(judgeJson('{"a":1,"when":"2026-11-23"}', shape, true)).toBe('valid');
    expect(judgeJson('{"a":1', shape, false)).toBe('unfinished');
    expect(judgeJson('{"a":1', shape, true)).toBe('invalid');
    expect(judgeJson('12', shapeOf({ type: 'integer' }), false)).toBe('unfinished');
    expect(judgeJson('12', shapeOf({ type: 'integer' }), true)).toBe('valid');
    for (const text of ['{"a":1.5}', '{}', '[]', '{"a":1,"when":"soon"}', 'null'])
      expect(judgeJson(text, shape, true)).toBe('invalid');
  });

  it('describes a form in few words for the model', () => {
    expect(describeShape(shape)).toBe('{"a": integer, "when"?: "YYYY-MM-DD"}');
    expect(describeShape(shapeOf({ items: { enum: ['x', 'y'] } }))).toBe('["x" | "y", …]');
    expect(describeShape(shapeOf({ prefixItems: [{ type: 'null' }], items: false }))).toBe('[null]');
  });
});
