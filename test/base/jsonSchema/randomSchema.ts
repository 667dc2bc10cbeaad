import { createRandom } from '../../../models/random.ts';

/** Makes a schema by chance, with everything that can be enforced; small enough that an answer ends soon. */
export function randomSchema(seed: number, depth = 3): unknown {
  const { uniform: random, below } = createRandom(seed);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  const names = ['name', 'a "b"', 'ünï', 'x\\y', 'count', '__proto__', 'tags', 'deep', 'id'];

  const leaf = (): unknown =>
    pick<() => unknown>([
      () => ({ type: 'string', maxLength: 1 + below(8) }),
      () => ({ type: 'string', minLength: 2, maxLength: 2 + below(4), description: 'words' }),
      () => ({ type: 'string', format: pick(['date', 'time', 'date-time']) }),
      () => ({ type: pick(['integer', 'number', 'boolean', 'null']) }),
      () => ({ type: ['integer', 'null'] }),
      () => ({ enum: ['a', 'b"c', 'ü\n', 7, null, -0.5, true, { k: [1] }] }),
      () => ({ const: pick(['yes', 3, false, null]) }),
    ])();
  const node = (left: number): unknown => {
    if (left === 0 || random() < 0.2) return leaf();
    return pick<() => unknown>([
      () => object(left),
      () => object(left),
      () => ({ type: 'array', items: node(left - 1), minItems: below(2), maxItems: 1 + below(3) }),
      () => ({ type: 'array', prefixItems: [node(left - 1), leaf()], items: false }),
      () => ({ anyOf: [node(left - 1), leaf()] }),
      leaf,
    ])();
  };
  const object = (left: number) => {
    const chosen = [...new Set(Array.from({ length: below(5) }, () => pick(names)))];
    const properties = Object.fromEntries(chosen.map((name) => [name, node(left - 1)]));
    return {
      type: 'object',
      properties,
      required: chosen.filter(() => random() < 0.6),
      additionalProperties: false,
    };
  };
  return node(depth);
}
