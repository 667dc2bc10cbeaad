import { describe, expect, it } from 'vitest';
import { citedNumber, doubtful } from '../../../../renderer/chat/sources/citations.ts';
import { placeOf } from '../../../../renderer/chat/sources/openSource.ts';

describe('citations', () => {
  it('lead to sources and to nothing else', () => {
    expect(citedNumber('inkling-source:12')).toBe(12);
    for (const url of [
      'inkling-source:',
      'inkling-source:1x',
      'https://inkling-source:1',
      'inkling-source:-1',
      '',
    ])
      expect(citedNumber(url)).toBeNull();
  });

  it('tell what is not borne out, without the marks of lists and numbers', () => {
    const text = 'Fine. [1]\n- Not so [2]\n';
    const claim = (said: string, support: 'supported' | 'unsupported' | 'uncited') => ({
      start: text.indexOf(said),
      end: text.indexOf(said) + said.length,
      sources: [1],
      support,
    });
    const claims = [claim('Fine. [1]', 'supported'), claim('- Not so [2]', 'unsupported')];
    const scope = { folders: [], tags: [], notes: [] };
    expect(doubtful(text, { scope, sources: [], claims, absent: false })).toEqual([
      { text: 'Not so', why: 'words' },
    ]);
  });

  it('name a place by note and headings, and the note only once', () => {
    expect(placeOf({ path: 'Cabin/Power.md', heading: 'Power › Decision' })).toBe('Cabin/Power › Decision');
    expect(placeOf({ path: 'Cabin/Power.md', heading: 'Sums' })).toBe('Cabin/Power › Sums');
    expect(placeOf({ path: 'Ideas.markdown', heading: '' })).toBe('Ideas');
  });
});
