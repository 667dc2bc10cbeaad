import { describe, expect, it } from 'vitest';
import { contract } from '../../electron/contract/index.ts';

const calls = Object.entries(contract).flatMap(([domain, entries]) =>
  Object.entries(entries).map(([name, entry]) => ({ path: `${domain}.${name}`, entry })),
);

describe('the contract', () => {
  it('fills in the defaults of lists and pages', () => {
    expect(contract.conversations.list.input.parse({})).toEqual({ offset: 0, limit: 200 });
    expect(contract.conversations.messages.input.parse({ id: 'c' })).toEqual({
      id: 'c',
      before: null,
      limit: 60,
    });
    expect(contract.conversations.search.input.parse({ query: 'x' })).toEqual({
      query: 'x',
      filters: {},
      limit: 30,
    });
  });

  it.each(calls)('$path has a path the wire can carry', ({ path, entry }) => {
    expect(path).toMatch(/^[a-z]+\.[a-zA-Z]+$/);
    expect(['method', 'stream']).toContain(entry.kind);
  });

  it.each(calls)('$path refuses input of a foreign kind', ({ entry }) => {
    for (const input of [7, 'text', ['list'], { __unheard: 1, id: { $ne: null } }]) {
      const parsed = entry.input.safeParse(input);
      // Only an object of which everything is optional may pass, and then without the unheard key.
      if (parsed.success) expect(parsed.data).not.toHaveProperty('__unheard');
    }
    expect(entry.input.safeParse(7).success).toBe(false);
    expect(entry.input.safeParse('text').success).toBe(false);
  });

  it('lets ids be ids only', () => {
    const { input } = contract.conversations.get;
    for (const id of ['../x', '', 'a b', 'a'.repeat(65), "a'--", 'a\0'])
      expect(input.safeParse({ id }).success).toBe(false);
    expect(input.safeParse({ id: 'A-z_09' }).success).toBe(true);
  });
});
