import { describe, expect, it } from 'vitest';
import type { FoundPassage } from '../../../electron/contract/noteSources.ts';
import { mergeNeighbours } from '../../../electron/services/chat/mergeNeighbours.ts';

const note = 'One two.\n\nThree four.\n\nFive six.';
const passage = (
  start: number,
  end: number,
  score: number,
  more: Partial<FoundPassage> = {},
): FoundPassage => ({
  folderId: 'one',
  path: 'a.md',
  title: 'A',
  heading: 'A',
  start,
  end,
  text: note.slice(start, end),
  reason: { words: score, meaning: null, matched: [String(score)], linked: false, recent: false, score },
  ...more,
});
const first = passage(0, 8, 1);
const second = passage(10, 21, 2);
const third = passage(23, 32, 3);

describe('passages that follow each other', () => {
  it('become one, in the order of the note, whichever was found first', () => {
    for (const found of [
      [first, second],
      [second, first],
    ]) {
      const [whole, ...others] = mergeNeighbours(found);
      expect(others).toEqual([]);
      expect(whole).toMatchObject({ start: 0, end: 21, text: note.slice(0, 21) });
      expect(whole?.reason).toMatchObject({ score: found[0]?.reason.score });
      expect(whole?.reason.matched.toSorted()).toEqual(['1', '2']);
    }
  });

  it('take in the one that closes the gap, in the place of the best', () => {
    const other = passage(0, 8, 9, { path: 'b.md' });
    const merged = mergeNeighbours([third, other, first, second]);
    expect(merged.map(({ path, text }) => [path, text])).toEqual([
      ['a.md', note],
      ['b.md', 'One two.'],
    ]);
    expect(merged[0]?.reason.score).toBe(3);
  });

  it('stay apart with something between them, under another heading, and in another note', () => {
    for (const found of [
      [first, third],
      [first, { ...second, heading: 'B' }],
      [first, { ...second, path: 'b.md' }],
      [first, { ...second, folderId: 'two' }],
      [first, first],
    ])
      expect(mergeNeighbours(found)).toEqual(found);
  });
});
