import { describe, expect, it } from 'vitest';
import type { Source } from '../../../electron/contract/noteSources.ts';
import { checkClaims } from '../../../electron/services/chat/checkClaims.ts';

const source = (number: number, text: string): Source => ({
  number,
  text,
  folderId: 'f',
  path: 'Cabin/Power.md',
  title: 'Power',
  heading: 'Decision',
  start: 0,
  end: text.length,
  reason: { words: 1, meaning: null, matched: [], linked: false, recent: false, score: 1 },
});
const sources = [
  source(1, 'We take the 100 Ah LiFePO4 battery. Price at Nordvolt 389 euros.'),
  source(2, 'Ana Belmár repairs the pump every spring. Its code is K7-449.'),
];
const judged = (text: string) =>
  checkClaims(text, sources).map(({ start, end, support }) => [text.slice(start, end), support]);

describe('the claims of an answer', () => {
  it('are supported by the words and numbers of what they cite', () => {
    expect(judged('The battery holds 100 Ah. [1] Ana Belmar repaired the pump. [2]')).toEqual([
      ['The battery holds 100 Ah. [1]', 'supported'],
      ['Ana Belmar repaired the pump. [2]', 'supported'],
    ]);
  });

  it('are not supported by another source, another number, or other words', () => {
    for (const text of [
      'Ana repairs the pump. [1]',
      'The battery costs 398 euros. [1]',
      'The code of the pump is K7-448. [2]',
      'The cabin needs larger windows towards the south. [1]',
    ])
      expect(judged(text)).toEqual([[text, 'unsupported']]);
  });

  it('are uncited where they name no source, or one that there is not', () => {
    expect(judged('The pump is old. It drips [9].').map(([, support]) => support)).toEqual([
      'uncited',
      'uncited',
    ]);
  });

  it('leave out what says nothing', () => {
    expect(judged(' … \n\n — ')).toEqual([]);
    expect(judged('')).toEqual([]);
  });
});
