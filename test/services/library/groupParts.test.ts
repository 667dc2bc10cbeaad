import { describe, expect, it } from 'vitest';
import { groupParts } from '../../../electron/services/library/groupParts.ts';

const file = (path: string, size = 10) => ({ path, size, modified: 1 });

describe('groupParts', () => {
  it('shows the parts of a split model as one, named by its first part', () => {
    const groups = groupParts([file('/m/big-00002-of-00002.gguf', 5), file('/m/big-00001-of-00002.gguf', 7)]);
    expect(groups).toHaveLength(1);
    expect(groups[0]).toMatchObject({
      first: { path: '/m/big-00001-of-00002.gguf' },
      parts: 2,
      size: 12,
      problem: null,
    });
  });

  it('says how many parts are missing', () => {
    const [group] = groupParts([file('/m/big-00002-of-00003.gguf')]);
    expect(group?.problem).toContain('2 of 3 parts');
  });

  it('keeps models of the same name in different folders apart', () => {
    expect(
      groupParts([file('/a/x-00001-of-00001.gguf'), file('/b/x-00001-of-00001.gguf'), file('/a/y.gguf')]),
    ).toHaveLength(3);
  });

  it('says what is wrong with numbers that cannot be', () => {
    expect(groupParts([file('/m/x-00000-of-00000.gguf')])[0]?.problem).toContain('right name');
    expect(groupParts([file('/m/x-00003-of-00002.gguf')])[0]?.problem).toContain('2 of 2 parts');
  });
});
