import { expect, it } from 'vitest';
import { readNumber } from '../../../renderer/settings/SavedField.tsx';

it('reads numbers, also with a comma', () => {
  expect([readNumber('0.7', 0, 5), readNumber('0,7', 0, 5), readNumber('3', 0, 5, true)]).toEqual([
    0.7, 0.7, 3,
  ]);
});

it.each(['', 'abc', '1.5', '6', '-1', 'Infinity'])('says what is wrong with %j', (text) => {
  expect(readNumber(text, 0, 5, true)).toMatch(/^Please write/);
});
