import { describe, expect, it } from 'vitest';
import { completeFilter, openFilter, readSearch, toggleFilter } from '../../../renderer/app/searchWords.ts';

const now = new Date(2026, 2, 15, 10, 30).getTime();
const day = (year: number, month: number, date: number) => new Date(year, month - 1, date).getTime();
const read = (text: string) => readSearch(text, now);

describe('readSearch', () => {
  it.each([
    ['iron ink', 'iron ink', {}],
    ['from:me iron', 'iron', { role: 'user' }],
    ['iron FROM:Model ink', 'iron ink', { role: 'assistant' }],
    ['has:notes has:code x', 'x', { has: ['notes', 'code'] }],
    ['is:pinned is:archived', '', { pinned: true, archived: true }],
    ['tag:"two words" x', 'x', { tag: 'two words' }],
    ['tag:Work', '', { tag: 'Work' }],
    ['model:qwen rated:bad', '', { model: 'qwen', rating: 'bad' }],
    ['after:2026-02 before:2026-03-01', '', { after: day(2026, 2, 1), before: day(2026, 3, 1) }],
    ['on:2025', '', { after: day(2025, 1, 1), before: day(2026, 1, 1) }],
    ['on:yesterday', '', { after: day(2026, 3, 14), before: day(2026, 3, 15) }],
    ['after:2026-02-29', '', {}],
  ])('reads %j', (text, words, filters) => {
    expect(read(text)).toMatchObject({ words, filters });
  });

  it.each(['http://a.example', 'see:me', 'a from:', 'not:a filter', 'xfrom:me'])(
    'leaves %j as words',
    (text) => {
      expect(read(text)).toMatchObject({ filters: {}, problem: null });
    },
  );

  it.each(['from:him', 'has:x', 'is:open', 'after:2026-13', 'before:2025-02-29', 'on:soon', 'rated:5'])(
    'says what %j should have been',
    (text) => {
      expect(read(`words ${text}`)).toMatchObject({
        words: 'words',
        filters: {},
        problem: expect.stringContaining(text),
      });
    },
  );

  it('never takes a filter of more letters than the app would', () => {
    expect(read(`tag:${'x'.repeat(51)}`).filters).toEqual({});
    expect(read(`model:${'x'.repeat(201)}`).filters).toEqual({});
  });
});

describe('filters while they are typed', () => {
  it('knows the one at the end, with its value so far', () => {
    expect(openFilter('ink tag:wo')).toEqual({ name: 'tag', value: 'wo' });
    expect(openFilter('ink TAG:"two w')).toEqual({ name: 'tag', value: 'two w' });
    expect(openFilter('tag:work ')).toBeNull();
    expect(openFilter('tag:"two words"')).toBeNull();
    expect(openFilter('ink')).toBeNull();
  });

  it('completes it, and adds one where none is open', () => {
    expect(completeFilter('ink tag:wo', 'tag', 'two words')).toBe('ink tag:"two words" ');
    expect(completeFilter('ink Tag:wo', 'tag', 'work')).toBe('ink tag:work ');
    expect(completeFilter('ink', 'is', 'pinned')).toBe('ink is:pinned ');
  });

  it('is added by a press and taken out by the next', () => {
    const once = toggleFilter('ink', 'from:me');
    expect(once).toBe('ink from:me ');
    expect(toggleFilter(once, 'from:me').trim()).toBe('ink');
  });
});
