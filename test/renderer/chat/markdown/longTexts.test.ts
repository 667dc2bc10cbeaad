import { describe, expect, it } from 'vitest';
import type { Block } from '../../../../renderer/chat/markdown/block.ts';
import { softLimit } from '../../../../renderer/chat/markdown/limits.ts';
import { definitionsFor, splitBlocks } from '../../../../renderer/chat/markdown/splitBlocks.ts';

describe('pieces that read as one', () => {
  const sentences = Array.from({ length: 200 }, (_, n) => `Sentence ${n} says *some words* of its own.`).join(
    ' ',
  );

  it('cuts a long paragraph after sentences, and says how its pieces join', () => {
    const { done } = splitBlocks(sentences);
    expect(done.length).toBeGreaterThan(2);
    expect(done.map((block) => block.joins)).toEqual([false, ...done.slice(1).map(() => 'space')]);
    expect(done.every((block) => block.text.trimEnd().endsWith('own.'))).toBe(true);
    expect(done.map((block) => block.text.trim()).join(' ')).toBe(sentences);
  });

  it('does not cut inside of emphasis where it can help it', () => {
    const { done } = splitBlocks('**One. Two.** Three words. '.repeat(200));
    for (const { text } of done) expect((text.match(/\*/g)?.length ?? 0) % 2, text.slice(-30)).toBe(0);
  });

  it('joins a line without spaces letter by letter, and never parts a letter from its marks', () => {
    const { done } = splitBlocks(`${'e\u0301'.repeat(3000)}`);
    expect(done.length).toBeGreaterThan(1);
    expect(done.slice(1).every((block) => block.joins === 'letter' && block.text.startsWith('e'))).toBe(true);
  });

  it.each(['- ', '# ', '1. ', '> ', '[a]: b ', '| '])('keeps words that follow a cut words: %s', (mark) => {
    const { done } = splitBlocks(`${'word '.repeat(479)}end. ${mark}${'more words '.repeat(300)}`);
    expect(done[1]?.text.replace('\\', '').startsWith(mark), done[1]?.text.slice(0, 20)).toBe(true);
    expect(done[1]?.text).toContain('\\');
  });

  it('keeps a line that was broken on purpose', () => {
    const { done } = splitBlocks(`${'a line of verse that is rather long for its kind  \n'.repeat(100)}`);
    expect(done.slice(1).every((block) => block.joins === 'below')).toBe(true);
  });

  it('gives all pieces of a table the same columns, which fill its width', () => {
    const { done } = splitBlocks(`| a | b |\n|---|---|\n${'| one | a longer text of words |\n'.repeat(200)}`);
    expect(done.length).toBeGreaterThan(2);
    expect(new Set(done.map((block) => String(block.columns))).size).toBe(1);
    expect(done[0]?.columns?.reduce((sum, width) => sum + width, 0)).toBeCloseTo(100, 0);
    expect(done[0]?.columns?.[1]).toBeGreaterThan(done[0]?.columns?.[0] ?? 0);
  });

  it('goes on with a long quote without a gap', () => {
    const { done } = splitBlocks('> a line of a quote\n'.repeat(300));
    expect(done.slice(1).every((block) => block.joins === 'below')).toBe(true);
  });
});

describe('texts that would take long', () => {
  const wide = (columns: number, rows: number, indent = '', first = indent) =>
    `${first}${'|a'.repeat(columns)}\n${indent}${'|-'.repeat(columns)}\n${`${indent}b\n`.repeat(rows)}`;
  const cells = (block: Block) => {
    const rule = block.text.split('\n').find((line) => line.includes('|-')) ?? '';
    return block.kind === 'markdown' ? rule.split('|').length * block.text.split('\n').length : 0;
  };

  it.each([
    ['a table of 350 columns', wide(350, 1000)],
    ['a table of 39 columns', wide(39, 1000)],
    ['one after words', `words\n${wide(200, 1000)}`],
    ['one in a list', wide(200, 1000, '  ', '- ')],
    ['one in a quote', wide(200, 1000, '> ')],
  ])('%s never becomes more than some thousand cells at once', (_, text) => {
    expect(Math.max(...splitBlocks(text).done.map(cells))).toBeLessThan(3000);
  });

  it('cuts lists of tiny items, and rules and headings without end', () => {
    for (const text of [
      '- a\n'.repeat(2000),
      '- -\n'.repeat(2000),
      `# ${'a b '.repeat(9000)}`,
      `${'- '.repeat(9000)}`,
    ]) {
      const { done } = splitBlocks(text);
      const formatted = done.filter((block) => block.kind === 'markdown');
      for (const block of formatted) expect(block.text.split('\n').length).toBeLessThan(110);
      for (const block of formatted) expect(block.text.length).toBeLessThan(softLimit + 100);
    }
  });

  it('shows what follows 20,000 blocks as plain text, all of it', () => {
    const { done } = splitBlocks('a\n\n'.repeat(30_000));
    expect(done.length).toBeLessThan(20_100);
    expect(done.at(-1)).toMatchObject({ kind: 'plain', end: 90_000 });
  });

  it('shows 30 marks over one letter and counts the others', () => {
    const [block] = splitBlocks(`Z${'\u0301'.repeat(100)} end`).done;
    expect(block?.text).toBe(`Z${'\u0301'.repeat(30)} [70 more marks]  end`);
  });

  it('gives a block at most 60 link definitions', () => {
    const many = Array.from({ length: 300 }, (_, n) => n);
    const { definitions } = splitBlocks(many.map((n) => `[l${n}]: https://example.org/${n}\n`).join(''));
    const given = definitionsFor(many.map((n) => `[l${n}]`).join(' '), definitions);
    expect(given.trim().split('\n')).toHaveLength(60);
  });
});
