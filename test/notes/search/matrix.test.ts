import { describe, expect, it } from 'vitest';
import { createMatrix, highest } from '../../../electron/notes/search/matrix.ts';
import { createDice } from '../plantedFacts.ts';

describe('vectors in one block', () => {
  it('are compared exactly, whatever their length', () => {
    for (const width of [1, 3, 4, 7, 384]) {
      const dice = createDice(width);
      const some = () => Float32Array.from({ length: width }, () => dice.below(2001) / 1000 - 1);
      const matrix = createMatrix(width, 1);
      const vectors = Array.from({ length: 300 }, some);
      for (const [at, vector] of vectors.entries()) matrix.put(`hash ${at}`, vector);
      const asked = some();
      const similar = matrix.compare(asked);
      for (const [at, vector] of vectors.entries())
        expect(similar[at]).toBeCloseTo(
          vector.reduce((sum, value, column) => sum + value * (asked[column] as number), 0),
          3,
        );
    }
  });

  it('can be replaced, and left out of a comparison', () => {
    const matrix = createMatrix(2);
    matrix.put('a', Float32Array.of(1, 0));
    matrix.put('b', Float32Array.of(0, 1));
    matrix.put('a', Float32Array.of(0, -1));
    expect(matrix.hashes).toEqual(['a', 'b']);
    expect([...matrix.compare(Float32Array.of(0, 1))]).toEqual([-1, 1]);
    expect([...matrix.compare(Float32Array.of(0, 1), [1])]).toEqual([Number.NEGATIVE_INFINITY, 1]);
  });
});

describe('the highest values', () => {
  it('come in the order that sorting everything gives, the earlier of equals first', () => {
    const dice = createDice(3);
    const values = Float32Array.from({ length: 5000 }, () => dice.below(50));
    values.set([Number.NEGATIVE_INFINITY], 17);
    const sorted = [...values.keys()]
      .filter((place) => place !== 17)
      .sort((a, b) => (values[b] as number) - (values[a] as number) || a - b);
    for (const count of [0, 1, 5, 300, 3000, 9000])
      expect([...highest(values, count)]).toEqual(sorted.slice(0, count));
  });
});
