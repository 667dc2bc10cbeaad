import { expect, it } from 'vitest';
import { rankLines } from '../../../models/starter/rankLines.ts';

const at = (...lines: string[]) => lines.map((line) => ({ line, place: 'Home/Shed.md › Codes' }));

it('puts the line first that shares the rarest words with the question', () => {
  const lines = at('The code is old.', 'The code of the garage is 12.', 'The code of the barn is 13.');
  expect(rankLines(lines, 'What is the code of the barn?')).toEqual([2, 1, 0]);
});

it('takes other endings of a word for the same word', () => {
  expect(rankLines(at('It rained.', 'Anna moved to Orvo.'), 'Where did Anna move?')[0]).toBe(1);
});

it('counts a word of the path or the heading, but less than one of the line', () => {
  const lines = [
    { line: 'K7-449', place: 'Boat.md › Code' },
    { line: 'K8-100', place: 'Shed.md › Code' },
    { line: 'The shed is green.', place: 'Misc.md' },
  ];
  expect(rankLines(lines, 'code of the shed')).toEqual([2, 1, 0]);
});

it('keeps the order of the notes among lines that are equally near, and leaves out the rest', () => {
  expect(rankLines(at('a b', 'c d', 'e f', 'g h', 'i j', 'k l', 'm n'), 'nothing of it')).toEqual([
    0, 1, 2, 3, 4,
  ]);
});

it('ranks lines in any script', () => {
  expect(rankLines(at('Погода была хорошей.', 'Ольга живёт в Киеве.'), 'Где живёт Ольга?')[0]).toBe(1);
});
