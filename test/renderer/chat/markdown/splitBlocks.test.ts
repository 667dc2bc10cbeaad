import { describe, expect, it } from 'vitest';
import type { Block } from '../../../../renderer/chat/markdown/block.ts';
import { codeLimit, hardLimit, softLimit } from '../../../../renderer/chat/markdown/limits.ts';
import { codeAt } from '../../../../renderer/chat/markdown/readCode.ts';
import { definitionsFor, emptySplit, splitBlocks } from '../../../../renderer/chat/markdown/splitBlocks.ts';

const texts = (text: string) => splitBlocks(text).done.map((block) => block.text);
const kinds = (text: string) => splitBlocks(text).done.map((block) => block.kind);

describe('splitBlocks', () => {
  it('ends a paragraph at a blank line, a heading, a list, a quote and a fence', () => {
    const text =
      'one\ntwo\n\nthree\n# four\nfive\n- six\n- seven\n\neight\n> nine\n\nten\n```\neleven\n```\n';
    expect(texts(text)).toEqual([
      'one\ntwo\n',
      'three\n',
      '# four\n',
      'five\n',
      '- six\n- seven\n',
      'eight\n',
      '> nine\n',
      'ten\n',
      'eleven',
    ]);
  });

  it('keeps a loose list, its paragraphs and its nested code together', () => {
    const text = '1. one\n\n   more of one\n\n   ```\n   code\n\n   code\n   ```\n\n2. two\n';
    expect(texts(text)).toEqual([text]);
  });

  it('ends a list at an unindented paragraph after a blank line', () => {
    expect(texts('- one\n\n- two\n\nafter\n')).toEqual(['- one\n\n- two\n', 'after\n']);
  });

  it('does not take a rule or an underlined heading for a list', () => {
    expect(texts('* * *\ntext\n---\nmore\n')).toEqual(['* * *\n', 'text\n---\nmore\n']);
  });

  it('does not let a number in running text start a list', () => {
    expect(texts('It was in\n1984. Then it ended.\n')).toEqual(['It was in\n1984. Then it ended.\n']);
  });

  it('reads a fence to its own end, with its language, and not to a shorter or other one', () => {
    const [block] = splitBlocks('````md\n```js\nx\n```\n~~~~\n````\nafter\n').done;
    expect(block).toMatchObject({ kind: 'code', lang: 'md', text: '```js\nx\n```\n~~~~', open: false });
  });

  it('treats a fence that never ends as code to the end of the text', () => {
    const { done } = splitBlocks('```js\nlet a;\n\n# not a heading');
    expect(done).toMatchObject([{ kind: 'code', text: 'let a;\n\n# not a heading', open: true }]);
  });

  it('keeps a table in one block, and repeats its head where it must be cut', () => {
    const head = '| a | b |\n|---|---|\n';
    expect(texts(`${head}| 1 | 2 |\n\nafter\n`)).toEqual([`${head}| 1 | 2 |\n`, 'after\n']);
    const pieces = splitBlocks(head + '| one | two |\n'.repeat(300)).done;
    expect(pieces.length).toBeGreaterThan(1);
    expect(pieces.every((piece) => piece.text.startsWith(head))).toBe(true);
    expect(pieces.slice(1).every((piece) => piece.joins)).toBe(true);
  });

  it('reads an HTML block with blank lines up to its closing mark', () => {
    expect(texts('<script>\n\nalert(1)\n</script>\nafter\n')).toEqual([
      '<script>\n\nalert(1)\n</script>\n',
      'after\n',
    ]);
  });

  it('keeps indented code together across blank lines', () => {
    expect(texts('    one\n\n    two\nafter\n')).toEqual(['    one\n\n    two\n', 'after\n']);
  });

  it('numbers a long list on where it is cut, also when every item says 1', () => {
    const pieces = splitBlocks('1. an item with a few words\n'.repeat(300)).done;
    expect(pieces.length).toBeGreaterThan(1);
    const items = pieces.map((piece) => piece.text.trimEnd().split('\n').length);
    expect(pieces[1]?.text.startsWith(`${(items[0] ?? 0) + 1}. `)).toBe(true);
    expect(items.reduce((sum, count) => sum + count, 0)).toBe(300);
  });

  it('shows a footnote as it is written instead of dropping it', () => {
    expect(texts('a[^1]\n\n[^1]: the note\n')).toEqual(['a[^1]\n', '\\[^1]: the note\n']);
  });
});

describe('bounded blocks', () => {
  const sizes = (blocks: readonly Block[]) => Math.max(...blocks.map((block) => block.text.length));

  it.each([
    ['one paragraph of 40,000 characters', 'word and more. '.repeat(2700)],
    ['one line without a space', 'x'.repeat(50_000)],
    ['one paragraph of many lines', 'a line of text\n'.repeat(3000)],
    ['one quote of many lines', '> a line of text\n'.repeat(3000)],
    ['one list item without end', `- item\n${'  more of it\n'.repeat(3000)}`],
    ['a list of 3,000 items', '- item\n'.repeat(3000)],
    ['an unclosed comment', `<!-- ${'hidden words\n'.repeat(3000)}`],
  ])('cuts %s into pieces that parse quickly', (_, text) => {
    const { done } = splitBlocks(text);
    expect(sizes(done)).toBeLessThanOrEqual(hardLimit);
    expect(done.map((block) => block.text).join('').length).toBeGreaterThanOrEqual(text.trimEnd().length);
  });

  it('cuts a huge fence into pieces of code, and still copies all of it', () => {
    const code = 'const a = 1; // a line of code\n'.repeat(2000);
    const text = `before\n\n\`\`\`js\n${code}\`\`\`\n`;
    const { done } = splitBlocks(text);
    const pieces = done.filter((block) => block.kind === 'code');
    expect(pieces.length).toBeGreaterThan(3);
    expect(sizes(pieces)).toBeLessThanOrEqual(codeLimit);
    expect(`${pieces.map((piece) => piece.text).join('\n')}\n`).toBe(code);
    expect(`${codeAt(text, pieces[0]?.start ?? 0)}\n`).toBe(code);
  });

  it.each([
    ['5,000 quote marks', `${'>'.repeat(5000)} x`],
    ['600 levels of a list', Array.from({ length: 600 }, (_, i) => `${' '.repeat(i * 2)}- l`).join('\n')],
    ['60 nested lists on one line', `${'- '.repeat(60)}x`],
    ['2,000 opening brackets', '['.repeat(2000)],
    ['2,000 closing brackets', ']'.repeat(2000)],
    ['2,000 stars', '*'.repeat(2000)],
  ])('never gives %s to the Markdown parser', (_, text) => {
    expect(kinds(text)).not.toContain('markdown');
  });

  it('lets an ordinary nested list and ordinary emphasis through', () => {
    const text = `- a\n  - b\n    - c\n      - d\n\n${'*word* and **word** '.repeat(40)}\n`;
    expect(new Set(kinds(text))).toEqual(new Set(['markdown']));
  });
});

describe('splitting while text arrives', () => {
  const bits = [
    ...[
      '\n',
      '\n\n',
      '- a',
      '1. b',
      '```',
      '```js\n',
      '~~~',
      '> q',
      'text ',
      '# h',
      '    ',
      ' ',
      '\t',
      '***',
      '---',
    ],
    ...['[a]: http://x', '<div>', '<!--', '-->', '|a|b|', '|-|-|', '* c', '[^1]: f', 'word. '.repeat(700)],
    ...[
      '|a|b|\n|-|-|\n',
      '|c|d|\n'.repeat(150),
      '|e'.repeat(50),
      '- f\n'.repeat(130),
      '> g\n'.repeat(130),
      'h  \n'.repeat(120),
    ],
    ...[`i${'\u0301'.repeat(50)}`, 'a\u05d0'.repeat(1400)],
    ...['x'.repeat(softLimit + 100), 'y'.repeat(codeLimit + 1000)],
  ];
  const random = (seed: number) => {
    let state = seed;
    return () => {
      state = (state * 1_103_515_245 + 12_345) & 0x7fffffff;
      return state / 0x7fffffff;
    };
  };
  const compose = (next: () => number) =>
    Array.from({ length: 1 + Math.floor(next() * 14) }, () => {
      const bit = bits[Math.floor(next() * bits.length)] ?? '';
      return next() < 0.5 ? `${bit}\n` : bit;
    }).join('');

  it('ends in the same blocks however the text was cut into pieces', () => {
    const next = random(7);
    for (let round = 0; round < 400; round++) {
      const text = compose(next);
      let split = emptySplit;
      for (let at = 0; at < text.length; ) {
        at = Math.min(text.length, at + 1 + Math.floor(next() * (next() < 0.3 ? 2000 : 6)));
        split = splitBlocks(text.slice(0, at), split, false);
      }
      expect(splitBlocks(text, split).done, JSON.stringify(text.slice(0, 300))).toEqual(
        splitBlocks(text).done,
      );
    }
  });

  it('loses no character but white space and fences', () => {
    const next = random(11);
    for (let round = 0; round < 400; round++) {
      const text = compose(next);
      let at = 0;
      for (const block of splitBlocks(text).done) {
        expect(text.slice(at, block.start).trim()).toBe('');
        at = block.end;
      }
      expect(text.slice(at).trim()).toBe('');
    }
  });

  it('never changes a block that is done, and keeps the same object', () => {
    const before = splitBlocks('one\n\ntwo\n\nthr', emptySplit, false);
    const after = splitBlocks('one\n\ntwo\n\nthree\n\nfour', before, false);
    expect(after.done.slice(0, before.done.length)).toEqual(before.done);
    expect(after.done[0]).toBe(before.done[0]);
    expect(after.tail.map((block) => block.text)).toEqual(['four']);
  });

  it('shows what is still open as a tail', () => {
    const { done, tail } = splitBlocks('one\n\n```js\nlet a', emptySplit, false);
    expect(done.map((block) => block.text)).toEqual(['one\n']);
    expect(tail).toMatchObject([{ kind: 'code', text: 'let a', open: true }]);
  });
});

describe('link definitions', () => {
  it('reach the blocks that use them, and only those', () => {
    const { done, definitions } = splitBlocks(
      'see [this][Docs]\n\nnothing here\n\n[docs]: https://example.com "T"\n',
    );
    expect(definitionsFor(done[0]?.text ?? '', definitions)).toBe('[docs]: https://example.com "T"\n\n');
    expect(definitionsFor(done[1]?.text ?? '', definitions)).toBe('');
  });
});
