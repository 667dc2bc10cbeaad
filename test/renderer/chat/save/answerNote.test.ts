import { describe, expect, it } from 'vitest';
import type { Source } from '../../../../electron/contract/noteSources.ts';
import { answerNote, noteNameFor } from '../../../../renderer/chat/save/answerNote.ts';

const source = (number: number, more: Partial<Source> = {}): Source => ({
  number,
  folderId: 'f',
  path: 'Cabin/Power.md',
  title: 'Power',
  heading: 'Power › Decision',
  start: 0,
  end: 1,
  text: 'We take the\n100 Ah battery.\n',
  reason: { words: 1, meaning: null, matched: [], linked: false, recent: false, score: 1 },
  ...more,
});
const message = (text: string, ...sources: Source[]) => ({
  text,
  notes: { scope: { folders: [], tags: [], notes: [] }, sources, claims: [], absent: false },
});

describe('an answer as a note', () => {
  it('holds its words, and the passages that it cites with links to their places', () => {
    const text = answerNote('Which battery', message('The 100 Ah one. [2]\n', source(1), source(2)), 'f');
    expect(text).toBe(
      '# Which battery\n\nThe 100 Ah one. [2]\n\n## Sources\n\n**[2]** [[Cabin/Power#Decision]]\n\n> We take the 100 Ah battery.\n',
    );
  });

  it('keeps its own heading, and has no sources where it cites none', () => {
    expect(answerNote('x', { text: '# Mine\n\nText', notes: null }, 'f')).toBe('# Mine\n\nText\n');
    expect(answerNote('x', message('Text', source(1)), 'f')).toBe('# x\n\nText\n');
  });

  it('writes a link only where it leads: in the same folder, and without marks of links in it', () => {
    const lines = (one: Source) => answerNote('x', message('[1]', one), 'f');
    expect(lines(source(1, { folderId: 'g' }))).toContain('**[1]** Cabin/Power.md\n');
    expect(lines(source(1, { path: 'a#b.md' }))).toContain('**[1]** a#b.md\n');
    expect(lines(source(1, { heading: '' }))).toContain('[[Cabin/Power]]');
    expect(lines(source(1, { heading: 'A [[link]] #tag | x' }))).toContain('[[Cabin/Power#A link tag x]]');
  });

  it('cannot be given headings or lists by what it quotes, and quotes no more than a paragraph', () => {
    const text = answerNote(
      'x',
      message('[1]', source(1, { text: `# big\n- a\n${'word '.repeat(300)}` })),
      'f',
    );
    expect(text.split('\n').filter((line) => line.startsWith('#'))).toEqual(['# x', '## Sources']);
    expect(text).toMatch(/> # big - a word.{500,620}…\n$/);
  });
});

describe('the name of a note for an answer', () => {
  it('is the question without marks that names of files do not allow', () => {
    expect(noteNameFor('  Which "battery"/charger: a or b?\nmore')).toBe('Which battery charger a or b');
    expect(noteNameFor('...')).toBe('Answer');
  });

  it('ends with a whole word where the question is long', () => {
    const name = noteNameFor('battery '.repeat(40));
    expect(name.length).toBeLessThanOrEqual(80);
    expect(name.endsWith('battery')).toBe(true);
  });
});
