import { describe, expect, it } from 'vitest';
import type { Ledger, LedgerEntry } from '../../../../electron/contract/ledger.ts';
import { largerWindows } from '../../../../renderer/chat/ledger/largerWindows.ts';
import { outlook, pushedOut, turnWords } from '../../../../renderer/chat/ledger/ledgerWords.ts';

const entry = (changed: Partial<LedgerEntry>): LedgerEntry => ({
  kind: 'turn',
  messageIds: [],
  number: 1,
  title: '',
  tokens: 100,
  state: 'in',
  reason: null,
  pinned: false,
  fresh: false,
  ...changed,
});
const ledger = (entries: readonly LedgerEntry[], changed: Partial<Ledger> = {}): Ledger => ({
  modelId: 'm',
  contextSize: 4096,
  tokens: entries.reduce((sum, { tokens, state }) => sum + (state === 'in' ? tokens : 0), 0),
  room: 512,
  fits: true,
  entries: [...entries],
  ...changed,
});
const out = { state: 'out', reason: 'full', fresh: true } as const;

describe('turnWords', () => {
  it('names single turns and stretches of them', () => {
    expect(turnWords([3])).toBe('turn 3');
    expect(turnWords([3, 4])).toBe('turns 3 and 4');
    expect(turnWords([3, 4, 5, 6, 7])).toBe('turns 3 to 7');
    expect(turnWords([1, 3, 4, 5, 9])).toBe('turns 1, 3 to 5 and 9');
    expect(turnWords([999, 1000, 1001])).toBe('turns 999 to 1,001');
  });
});

describe('pushedOut', () => {
  it('names what goes now, and pins that have no room, but not what went before', () => {
    const entries = [
      entry({ number: 1, ...out, fresh: false }),
      entry({ number: 2, ...out }),
      entry({ number: 3, state: 'out', reason: 'no_room', pinned: true }),
      entry({ number: 4 }),
    ];
    const { fresh, unkept } = pushedOut(ledger(entries));
    expect(fresh.map(({ number }) => number)).toEqual([2]);
    expect(unkept.map(({ number }) => number)).toEqual([3]);
  });
});

describe('outlook', () => {
  it('says how long the window lasts, or that turns are not seen', () => {
    expect(outlook(ledger([entry({})]))).toContain('about 34 more turns');
    expect(outlook(ledger([entry({ tokens: 3550 })]))).toContain('The next turn will leave out the oldest');
    expect(outlook(ledger([entry(out), entry({})]))).toBe(
      '1 turn of this chat is not seen. It stays in the chat.',
    );
  });
});

describe('largerWindows', () => {
  it('begins with one that holds the whole chat, and ends with what the model was made for', () => {
    const full = ledger([entry({ tokens: 3000 }), entry({ ...out, tokens: 4000 })]);
    expect(largerWindows(full, 32_768)).toEqual([16_384, 32_768]);
    expect(largerWindows(full, null)).toEqual([16_384, 32_768, 65_536]);
    expect(largerWindows(full, 6000)).toEqual([6000]);
    expect(largerWindows(full, 4096)).toEqual([]);
  });
});
