import { describe, expect, it } from 'vitest';
import { readLinks, readTags, readTitles } from '../../../electron/services/notes/writeLists.ts';

describe('titles of an answer', () => {
  it('are its lines without marks, numbers and quotes', () => {
    expect(
      readTitles('Here are three:\n1. "Power for the cabin"\n- **A battery**\n# Title: Decisions\n'),
    ).toEqual(['Power for the cabin', 'A battery', 'Title: Decisions']);
    expect(readTitles('Title: Power\nTitle 2: Loads')).toEqual(['Power', 'Loads']);
  });

  it('are three at most, each once, and none is a whole paragraph', () => {
    expect(readTitles(`a\nA\n${'long '.repeat(40)}\nb\nc\nd`)).toEqual(['a', 'b', 'c']);
  });
});

describe('tags of an answer', () => {
  it('may stand in lines, after commas or after marks', () => {
    expect(readTags('#cabin #winter\n- power, Charge controller\n3. 2026/plans')).toEqual([
      'cabin',
      'winter',
      'power',
      'Charge-controller',
      '2026/plans',
    ]);
    expect(readTags('Tags: [köln, été, 電池]')).toEqual(['köln', 'été', '電池']);
  });

  it('hold nothing but letters, digits, _, - and /', () => {
    expect(readTags('a"b\n[x](y)\n<b>\nc: d\n2026\nok')).toEqual(['ok']);
  });

  it('are words, not what is said around them', () => {
    expect(readTags('Here are some tags for you:\nThese tags fit this text well\nnone\nboat')).toEqual([
      'boat',
    ]);
  });
});

describe('links of an answer', () => {
  const notes = [
    { path: 'Cabin/Loads.md', title: 'What it takes' },
    { path: 'Shopping/Nordvolt.md', title: 'Loads' },
  ];

  it('lead to notes that exist, by path, name, title or as links', () => {
    expect(readLinks('- cabin/loads\n2. Nordvolt.md', notes)).toEqual([
      'Cabin/Loads.md',
      'Shopping/Nordvolt.md',
    ]);
    expect(readLinks('See [[Shopping/Nordvolt|the shop]] and [[What it takes]].', notes)).toEqual([
      'Shopping/Nordvolt.md',
      'Cabin/Loads.md',
    ]);
    expect(readLinks('Nordvolt, What it takes', notes)).toHaveLength(2);
  });

  it('are left out where there is no such note', () => {
    expect(readLinks('Battery\n[[../../etc/passwd]]\nnone', notes)).toEqual([]);
  });
});
