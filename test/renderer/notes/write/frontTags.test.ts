import { describe, expect, it } from 'vitest';
import { addTags, bodyStart, newTags } from '../../../../renderer/notes/write/frontTags.ts';

describe('tags in the front matter', () => {
  it('begin it where there is none', () => {
    expect(addTags('# Power\n', ['cabin', 'solar'])).toBe('---\ntags: [cabin, solar]\n---\n# Power\n');
  });

  it('are added to the list that is there, in the way it is written', () => {
    const note = (lines: string) => `---\n${lines}\n---\n# Power\n`;
    expect(addTags(note('a: 1\ntags: [cabin]\nb: 2'), ['solar'])).toBe(
      note('a: 1\ntags: [cabin, solar]\nb: 2'),
    );
    expect(addTags(note('tags: []'), ['solar'])).toBe(note('tags: [solar]'));
    expect(addTags(note('tags: cabin winter'), ['solar'])).toBe(note('tags: [cabin, winter, solar]'));
    expect(addTags(note('tags:\n  - cabin\n  - winter\nb: 2'), ['x', 'y'])).toBe(
      note('tags:\n  - cabin\n  - winter\n  - x\n  - y\nb: 2'),
    );
    expect(addTags(note('tags:\nb: 2'), ['x'])).toBe(note('tags: [x]\nb: 2'));
    expect(addTags(note('b: 2'), ['x'])).toBe(note('b: 2\ntags: [x]'));
    expect(addTags('---\n---\ntext', ['x'])).toBe('---\ntags: [x]\n---\ntext');
  });

  it('stay away where the note has them, there or in its text', () => {
    const note = '---\ntags: [Cabin]\n---\nIt is #winter.\n';
    expect(newTags(note, ['cabin', 'Winter', 'solar'])).toEqual(['solar']);
    expect(addTags(note, ['cabin'])).toBe(note);
  });

  it('know where the note itself begins', () => {
    expect(bodyStart('---\na: 1\n---\ntext')).toBe(13);
    expect(bodyStart('---\n---\ntext')).toBe(8);
    expect(bodyStart('text\n---\n')).toBe(0);
    expect(bodyStart('--- text ---')).toBe(0);
  });
});
