import { describe, expect, it } from 'vitest';
import { linkTo, rankNotes, resolveLink } from '../../../renderer/stores/rankNotes.ts';
import { aNote } from './aNote.ts';

const paths = (notes: readonly { path: string }[]) => notes.map(({ path }) => path);

describe('names of notes', () => {
  const notes = [
    aNote('Cabin/Power.md', { title: 'Electricity' }),
    aNote('Power tools.md', { modifiedAt: 5 }),
    aNote('Willpower.md'),
    aNote('power/Loads.md'),
    aNote('Café.md', { modifiedAt: 9 }),
  ];

  it('are found by beginnings first, then by parts, then by their folder', () => {
    expect(paths(rankNotes('power', notes, 9))).toEqual([
      'Cabin/Power.md',
      'Power tools.md',
      'Willpower.md',
      'power/Loads.md',
    ]);
  });

  it('must hold every word, in the name, the title or the folder', () => {
    expect(paths(rankNotes('cabin elec', notes, 9))).toEqual(['Cabin/Power.md']);
    expect(rankNotes('cabin nothing', notes, 9)).toEqual([]);
  });

  it('are found without accents and in any case', () => {
    expect(paths(rankNotes('CAFE', notes, 9))).toEqual(['Café.md']);
    expect(paths(rankNotes('cafe\u0301', notes, 9))).toEqual(['Café.md']);
  });

  it('are the newest while nothing is typed', () => {
    expect(paths(rankNotes(' ', notes, 2))).toEqual(['Café.md', 'Power tools.md']);
  });
});

describe('a link', () => {
  const notes = [
    aNote('Power.md'),
    aNote('Cabin/Power.md'),
    aNote('Cabin/Loads.md'),
    aNote('Old/Deep/Loads.md'),
    aNote('Loads.md', { folderId: 'other' }),
  ];
  const from = { folderId: 'f', path: 'Cabin/Plan.md' };
  const target = (text: string, place = from) => resolveLink(text, place, notes)?.path ?? null;

  it('means the note beside it before one elsewhere, and a whole path before a name', () => {
    expect(target('Power')).toBe('Cabin/Power.md');
    expect(target('Loads')).toBe('Cabin/Loads.md');
    expect(target('../Power.md')).toBe('Power.md');
    expect(target('Power', { folderId: 'f', path: 'x.md' })).toBe('Power.md');
    expect(target('deep/loads')).toBe('Old/Deep/Loads.md');
    expect(target('LOADS', { folderId: 'f', path: 'x.md' })).toBe('Cabin/Loads.md');
  });

  it('means nothing where there is no such note, or only in another folder', () => {
    expect(target('Nowhere')).toBeNull();
    expect(target('')).toBeNull();
    expect(resolveLink('Power', { folderId: 'other', path: 'x.md' }, notes)).toBeNull();
  });

  it('is written as the name alone where that is enough', () => {
    expect(notes.map((note) => linkTo(note, notes))).toEqual([
      'Power',
      'Cabin/Power',
      'Cabin/Loads',
      'Old/Deep/Loads',
      'Loads',
    ]);
  });
});
