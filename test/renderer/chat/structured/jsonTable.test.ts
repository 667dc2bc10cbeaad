import { describe, expect, it } from 'vitest';
import { csvTableOf, formulasIn, tableOf, toCsv } from '../../../../renderer/chat/structured/jsonTable.ts';

const csv = (value: unknown) => {
  const table = tableOf(value);
  if (!table) throw new Error('no table');
  return toCsv(table);
};

describe('a table of JSON', () => {
  it('has a column for every key of its objects, in the order they come', () => {
    expect(tableOf([{ a: 1 }, { b: 'x', a: null }])).toEqual({
      columns: ['a', 'b'],
      rows: [
        [1, undefined],
        [null, 'x'],
      ],
    });
    expect(tableOf({ people: [{ a: 1 }] })?.columns).toEqual(['a']);
  });

  it.each([[[]], [{}], [7], [[1]], [[{}]], [{ a: [{ b: 1 }], c: 1 }], [null], ['x']])(
    'is none of %j',
    (value) => {
      expect(tableOf(value)).toBeNull();
    },
  );

  it('holds the items of any list, and the fields of an object', () => {
    expect(csvTableOf([1, { a: 2 }])).toEqual({ columns: ['value'], rows: [[1], [{ a: 2 }]] });
    expect(csvTableOf({ a: 1, b: [2] })).toEqual({ columns: ['a', 'b'], rows: [[1, [2]]] });
    expect([[], {}, 7, 'x', null].map(csvTableOf)).toEqual([null, null, null, null, null]);
  });

  it('becomes CSV that every spreadsheet reads', () => {
    const value = [
      { 'a,b': 'say "hi"', n: -1.5, more: { k: [1] } },
      { 'a,b': 'two\nlines', n: null, more: true },
    ];
    expect(csv(value)).toBe('"a,b",n,more\r\n"say ""hi""",-1.5,"{""k"":[1]}"\r\n"two\nlines",,true\r\n');
  });

  it('never becomes a formula', () => {
    expect(csv([{ a: '=HYPERLINK("x")' }, { a: '+1' }, { a: '@x' }, { a: '-x' }])).toBe(
      'a\r\n"\'=HYPERLINK(""x"")"\r\n+1\r\n\'@x\r\n\'-x\r\n',
    );
    const sly = [{ '=a': ' =1' }, { '=a': '\t=1' }, { '=a': '＝1' }, { '=a': '-2,5' }, { '=a': -3 }];
    expect(formulasIn(tableOf(sly) ?? { columns: [], rows: [] })).toBe(4);
    expect(csv(sly)).toBe("'=a\r\n' =1\r\n'\t=1\r\n'＝1\r\n\"-2,5\"\r\n-3\r\n");
  });
});
