import { describe, expect, it } from 'vitest';
import { outsByCut } from '../../../renderer/stores/ledgerOuts.ts';

const message = (id: string, keep: 'auto' | 'always' | 'never' = 'auto', from?: string) => ({
  id,
  role: id.startsWith('q') ? ('user' as const) : ('assistant' as const),
  keep,
  cut: from === undefined ? null : { from, contextSize: 512 },
});

describe('outsByCut', () => {
  it('tells what the last cut left out, and what a person did, without a model to count with', () => {
    const messages = [
      message('q0'),
      message('a0'),
      message('q1'),
      message('a1', 'always'),
      message('q2', 'never'),
      message('q3'),
      message('a3', 'auto', 'q2'),
      message('q4'),
      message('a4', 'auto', 'q3'),
    ];
    expect([...outsByCut(messages)]).toEqual([
      ['q0', 'full'],
      ['a0', 'full'],
      ['q2', 'by_hand'],
    ]);
    expect(outsByCut([message('q1'), message('a1')]).size).toBe(0);
  });
});
