import { describe, expect, it } from 'vitest';
import { createDrafter } from '../../electron/engine/drafter.ts';

describe('the drafter', () => {
  const text = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

  it('goes on as the text did after the same four tokens', () => {
    const drafter = createDrafter([...text, 50]);
    for (const token of [2, 3, 4]) drafter.push(token);
    expect(drafter.propose(12)).toEqual([]);
    drafter.push(5);
    expect(drafter.propose(12)).toEqual([6, 7, 8, 9]);
    expect(drafter.propose(2)).toEqual([6, 7]);
  });

  it('follows the newest of several places, also in the answer', () => {
    const drafter = createDrafter([...text, 50]);
    for (const token of [1, 2, 3, 4, 70, 71, 60, 1, 2, 3, 4]) drafter.push(token);
    expect(drafter.propose(12).slice(0, 2)).toEqual([70, 71]);
  });

  it('proposes more while it is right, and is silent for longer and longer while it is not', () => {
    const drafter = createDrafter([...text, 50, 1, 2, 3, 4]);
    drafter.judge(4, 4);
    expect(drafter.propose(12)).toHaveLength(8);
    const silences = [1, 2, 3].map(() => {
      drafter.judge(8, 0);
      let silence = 0;
      while (drafter.propose(12).length === 0) {
        for (const token of [1, 2, 3, 4]) drafter.push(token);
        silence++;
      }
      return silence;
    });
    expect(silences).toEqual([2, 4, 8]);
    expect(drafter.propose(12)).toHaveLength(4);
  });

  it('forgets what was taken back', () => {
    const drafter = createDrafter(text);
    for (const token of [1, 2, 3, 99]) drafter.push(token);
    drafter.pop(1);
    drafter.push(4);
    expect(drafter.propose(12)).toEqual([5, 6, 7, 8]);
  });
});
