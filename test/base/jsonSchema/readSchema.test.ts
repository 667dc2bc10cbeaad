import { describe, expect, it } from 'vitest';
import { grammarOf } from '../../../electron/base/jsonSchema/grammar.ts';
import { mendSchema } from '../../../electron/base/jsonSchema/mendSchema.ts';
import { readSchema, schemaLimits } from '../../../electron/base/jsonSchema/readSchema.ts';

const read = (schema: unknown) => readSchema(JSON.stringify(schema));
const words = (schema: unknown) => read(schema).problems.map(({ at, words }) => `${at}: ${words}`);

describe('readSchema', () => {
  it('reads what can be enforced', () => {
    const schema = {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      title: 'People',
      type: 'array',
      items: { $ref: '#/$defs/person' },
      $defs: {
        person: {
          properties: { name: { type: 'string' }, age: { type: ['integer', 'null'] } },
          required: ['name'],
        },
      },
    };
    expect(read(schema).shape).toMatchObject({
      kind: 'array',
      items: {
        kind: 'object',
        fields: [
          { name: 'name', required: true, shape: { kind: 'string' } },
          { name: 'age', required: false, shape: { kind: 'choice' } },
        ],
      },
    });
  });

  it('tells every rule that cannot be enforced, and where', () => {
    const schema = {
      properties: { mail: { type: 'string', pattern: '@' }, age: { type: 'integer', minimum: 0 } },
      allOf: [],
    };
    expect(words(schema)).toEqual([
      '#: “allOf” cannot be enforced while an answer is written.',
      '#/properties/mail: “pattern” cannot be enforced while an answer is written.',
      '#/properties/age: “minimum” cannot be enforced while an answer is written.',
    ]);
  });

  it.each([
    [false, /nothing is allowed/],
    [7, /a schema has to stand/],
    [{ type: 'text' }, /no type of JSON/],
    [{ type: 5 }, /a type of JSON/],
    [{ type: [] }, /a type of JSON/],
    [{ enum: [] }, /None of these values/],
    [{ type: 'string', enum: [1] }, /None of these values/],
    [{ anyOf: [] }, /one at least/],
    [{ minItems: 3, maxItems: 2 }, /more than “maxItems”/],
    [{ maxLength: -1 }, /whole number/],
    [{ maxLength: 1e9 }, /at most/],
    [{ $ref: 'https://example.org/x' }, /part of this schema/],
    [{ $ref: '#/$defs/none' }, /not in this schema/],
    [{ required: ['x'], additionalProperties: false }, /not among the properties/],
    [{ properties: [] }, /has to be an object/],
    [{ items: false, minItems: 1 }, /more items than there can be/],
  ])('refuses %j', (schema, reason) => {
    expect(words(schema).join()).toMatch(reason);
  });

  it('refuses what leads back to itself', () => {
    expect(words({ $ref: '#' }).join()).toMatch(/leads back/);
    const tree = { type: 'array', items: { $ref: '#/$defs/node' } };
    expect(words({ ...tree, $defs: { node: tree } }).join()).toMatch(/leads back/);
    const pair = { a: { $ref: '#/$defs/b' }, b: { $ref: '#/$defs/a' } };
    expect(words({ $ref: '#/$defs/a', $defs: pair }).join()).toMatch(/leads back/);
  });

  it('refuses hostile schemas at once: huge, deep, or growing by their references', () => {
    const deep = '['.repeat(49_000) + ']'.repeat(49_000);
    const nested = (levels: number): unknown => (levels === 0 ? {} : { items: nested(levels - 1) });
    const laughs = Object.fromEntries(
      Array.from({ length: 15 }, (_, level) => [
        `l${level}`,
        { prefixItems: Array.from({ length: 10 }, () => ({ $ref: `#/$defs/l${level + 1}` })) },
      ]),
    );
    const many = Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`p${n}`, { maxLength: 900 }]));
    const hostile = [
      'x'.repeat(schemaLimits.characters + 1),
      deep,
      `{"const":${deep}}`,
      '{"type":',
      JSON.stringify(nested(20)),
      JSON.stringify({ $ref: '#/$defs/l0', $defs: { ...laughs, l15: {} } }),
      JSON.stringify({ properties: many }),
      JSON.stringify({ enum: Array.from({ length: 501 }, (_, n) => n) }),
    ];
    for (const text of hostile) {
      const { shape, problems } = readSchema(text);
      expect(shape).toBeNull();
      expect(problems.length).toBeGreaterThan(0);
    }
  });

  it('writes a grammar without white space and without loops, or none that is too long', () => {
    const { shape } = read({ properties: { a: { type: 'string' }, b: { items: {} } }, required: ['a'] });
    const grammar = shape && grammarOf(shape);
    expect(grammar).toContain('root ::=');
    expect(grammar).not.toMatch(/\[ \]|\\t|\[\\n\]/);
    const long = read({ enum: Array.from({ length: 500 }, (_, n) => `${n}${'"'.repeat(150)}`) }).shape;
    expect(long && grammarOf(long)).toBeNull();
  });
});

describe('mendSchema', () => {
  it('takes out what cannot be enforced, and nothing else', () => {
    const schema = {
      type: 'object',
      properties: { minimum: { type: 'integer', minimum: 3 }, mail: { type: 'string', format: 'email' } },
      required: ['minimum'],
    };
    expect(JSON.parse(mendSchema(JSON.stringify(schema)) ?? '')).toEqual({
      type: 'object',
      properties: { minimum: { type: 'integer' }, mail: { type: 'string' } },
      required: ['minimum'],
    });
  });

  it('takes a rule out only where it is in the way', () => {
    const schema = {
      properties: {
        'a/b': { type: 'string', anyOf: [{ type: 'string' }, { type: 'null' }] },
        c: { $ref: '#/$defs/c' },
        d: { type: 'string', format: 'date', minLength: 3 },
        e: { type: 'string', minLength: 3 },
      },
      $defs: { c: { type: 'integer', maximum: 9 } },
    };
    expect(JSON.parse(mendSchema(JSON.stringify(schema)) ?? '')).toEqual({
      properties: {
        'a/b': { anyOf: [{ type: 'string' }, { type: 'null' }] },
        c: { $ref: '#/$defs/c' },
        d: { type: 'string', format: 'date' },
        e: { type: 'string', minLength: 3 },
      },
      $defs: { c: { type: 'integer' } },
    });
  });

  it('makes “oneOf” to “anyOf”, and gives up where that does not help', () => {
    const mended = mendSchema('{"oneOf":[{"type":"null"},{"type":"string","pattern":"x"}]}');
    expect(JSON.parse(mended ?? '')).toEqual({ anyOf: [{ type: 'null' }, { type: 'string' }] });
    expect(mendSchema('{"type":"text"}')).toBeNull();
    expect(mendSchema('{')).toBeNull();
  });
});
