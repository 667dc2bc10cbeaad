import { describe, expect, it } from 'vitest';
import { createCitationFilter } from '../../../electron/services/chat/citationFilter.ts';

const known = [
  { number: 1, text: 'The code of the shed is K7-449. It is green.' },
  { number: 2, text: 'We take the 100 Ah battery.' },
  { number: 3, text: '- We take the boat' },
];
function filtered(text: string, size = text.length): string {
  const filter = createCitationFilter(known);
  let out = '';
  for (let at = 0; at < text.length; at += size) out += filter.push(text.slice(at, at + size));
  return out + filter.end();
}

describe('the citations of a streaming answer', () => {
  it.each([
    ['The code is K7-449. [2]', 'The code is K7-449. [2]'],
    ['Invented [7], real [1].', 'Invented , real [1].'],
    ['Several [1, 2; 9] at once', 'Several [1] [2] at once'],
    ['Side by side [1][3][2].', 'Side by side [1] [3] [2].'],
    ['A [link](x), a [ ] task and [', 'A [link](x), a [ ] task and ['],
    ['`a[7]` and\n```\nb[9]\n```\nand [9]!', '`a[7]` and\n```\nb[9]\n```\nand !'],
    ['An `open tick\nnext [8] line [3]', 'An `open tick\nnext  line [3]'],
    ['[0][4][2]', '[2]'],
  ])('of %j leave %j, in whatever pieces it comes', (text, left) => {
    for (const size of [text.length, 1, 2, 3, 7]) expect(filtered(text, size)).toBe(left);
  });

  it.each([
    ['The code of the shed is K7-449. [3]', 'The code of the shed is K7-449. [1]'],
    ['It is so. [2] We take the 100 Ah battery [1].', 'It is so. [2] We take the 100 Ah battery [2].'],
    // Half a sentence, a sentence of several sources, and one of none stay as they were written.
    ['We take the [1]', 'We take the [1]'],
    ['The code of the shed is K7-440. [3]', 'The code of the shed is K7-440. [3]'],
  ])('of a quotation name the source that holds it: %j', (text, right) => {
    for (const size of [text.length, 1, 5]) expect(filtered(text, size)).toBe(right);
  });

  it('hold back no more than a citation could be long', () => {
    const filter = createCitationFilter(known);
    expect(filter.push(`[${'1, '.repeat(30)}`).length).toBeGreaterThan(80);
  });

  it('take time in proportion to the text', () => {
    const text = '[1 '.repeat(200_000);
    expect(filtered(text)).toBe(text);
  });
});
