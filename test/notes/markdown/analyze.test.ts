import { describe, expect, it } from 'vitest';
import { analyze } from '../../../electron/notes/markdown/analyze.ts';
import { sentencesOf } from '../../../electron/notes/markdown/sentences.ts';

const texts = (text: string) => analyze(text).passages.map(({ start, end }) => text.slice(start, end));
const passages = (text: string) =>
  analyze(text).passages.map(({ start, end, line, heading }) => ({
    text: text.slice(start, end),
    line,
    heading,
  }));

describe('passages', () => {
  it('stand under one heading each, with the way of headings to it', () => {
    expect(passages('intro\n\n# A\none\n## B ##\ntwo\n\nthree\n\nC\n===\nfour\n### D\n')).toEqual([
      { text: 'intro', line: 1, heading: '' },
      { text: 'one', line: 4, heading: 'A' },
      { text: 'two\n\nthree', line: 6, heading: 'A › B' },
      { text: 'four', line: 12, heading: 'C' },
      { text: '### D', line: 13, heading: 'C › D' },
    ]);
  });

  it('have their lines counted alike with every kind of line end, behind front matter too', () => {
    for (const end of ['\n', '\r\n', '\r']) {
      const text = ['---', 'tags: x', '---', '# T', '', 'one', '', '## U', 'two'].join(end);
      expect(passages(text).map(({ line, text }) => [line, text])).toEqual([
        [6, 'one'],
        [9, 'two'],
      ]);
    }
  });

  it('are filled with whole paragraphs and sentences, and never too long', () => {
    const sentence = (n: number) => `This is sentence number ${n}, which says as much as the others do.`;
    const long = Array.from({ length: 60 }, (_, n) => sentence(n)).join(' ');
    const cut = texts(`# T\n\n${long}\n\nA short end.`);
    expect(cut.length).toBeGreaterThan(4);
    for (const text of cut) {
      expect(text.length).toBeLessThanOrEqual(700);
      expect(text).toMatch(/^(This is|A short).*\.$/s);
    }
    expect(cut.join(' ').replace(/\s+/g, ' ')).toBe(`${long} A short end.`);
    for (const text of texts('🦊'.repeat(5000))) {
      expect(text.length).toBeLessThanOrEqual(1200);
      expect(text.isWellFormed()).toBe(true);
    }
  });

  it('leave front matter out that only files the note, and hold what tells more', () => {
    expect(texts('---\ntitle: T\ntags: [a]\n---\nbody')).toEqual(['body']);
    expect(texts('---\ntitle: T\nborn: 1815-12-10\n---\nbody')).toEqual([
      'title: T\nborn: 1815-12-10',
      'body',
    ]);
  });

  it('take headings in code for code', () => {
    expect(passages('# T\n```sh\n# no heading\n```\nafter')).toEqual([
      { text: '```sh\n# no heading\n```\nafter', line: 2, heading: 'T' },
    ]);
    expect(analyze('~~~\n[[no]] #no\n~~~~\n#yes [[yes]]')).toMatchObject({
      tags: ['yes'],
      links: [{ target: 'yes' }],
    });
  });
});

describe('front matter', () => {
  it('gives title, aliases and tags in every way they are written', () => {
    expect(
      analyze('---\ntitle: Ada\naliases: [Countess, "The Lady"]\ntags: math, poetry\n---\n'),
    ).toMatchObject({
      title: 'Ada',
      aliases: ['Countess', 'The Lady'],
      tags: ['math', 'poetry'],
    });
    expect(analyze('---\nalias: One\ntag:\n  - "#a/b"\n  - 7\n---\n# Heading')).toMatchObject({
      title: 'Heading',
      aliases: ['One'],
      tags: ['a/b', '7'],
    });
  });

  it('that is broken, hostile or never ends is plain text', () => {
    for (const yaml of [
      'a: [',
      'a: *b',
      '- one\n- two',
      '"',
      `a: &a [x]\n${'b: [*a, *a, *a]\n'.repeat(30)}`,
    ]) {
      const facts = analyze(`---\n${yaml}\n---\n# T\n\nbody`);
      expect(facts.title, yaml).toBe('T');
      expect(facts.aliases).toEqual([]);
    }
    expect(texts('---\nno end')).toEqual(['---\nno end']);
    expect(analyze(`---\n${'x: y\n'.repeat(10_000)}---\n`).title).toBeNull();
    expect(analyze('---\n__proto__: {title: x}\nconstructor: y\n---\nbody').title).toBeNull();
  });
});

describe('links', () => {
  it('have exact places, whatever stands around them', () => {
    const text =
      '🦊 [[ Boat #Engine|the engine ]] ![[pic|100]] \\[[no]] [b](<My Note.md>) [c](d_(e).md "t") [web](http://x.md)';
    const { links } = analyze(text);
    expect(links.map(({ start, end }) => text.slice(start, end))).toEqual([
      '[[ Boat #Engine|the engine ]]',
      '[[pic|100]]',
      '[b](<My Note.md>)',
      '[c](d_(e).md "t")',
    ]);
    for (const { target, targetStart } of links)
      expect(text.slice(targetStart, targetStart + target.length)).toBe(target);
  });
});

describe('sentences', () => {
  const split = (text: string) =>
    sentencesOf(text, 0, text.length).map(({ start, end }) => text.slice(start, end));

  it.each([
    ['One. Two! Three?', ['One.', 'Two!', 'Three?']],
    ['Ask Dr. Smith, e.g. on Monday. He knows.', ['Ask Dr. Smith, e.g. on Monday.', 'He knows.']],
    ['It costs 3.50 euros. Cheap.', ['It costs 3.50 euros.', 'Cheap.']],
    ['Am 3. Mai 2026 war es warm. Danach nicht.', ['Am 3. Mai 2026 war es warm.', 'Danach nicht.']],
    ['He said "Stop." She left…  Then nothing', ['He said "Stop."', 'She left…', 'Then nothing']],
    ['東京は大きい。京都は古い！', ['東京は大きい。', '京都は古い！']],
    ['J. S. Bach wrote it. Yes.', ['J. S. Bach wrote it.', 'Yes.']],
    ['', []],
  ])('of %j', (text, expected) => {
    expect(split(text)).toEqual(expected);
  });
});

describe('hostile text', () => {
  const size = 1_000_000;
  const hostile = [
    'a',
    '[',
    '[[',
    '](',
    '[](',
    '`',
    '` ``',
    '#',
    '# ',
    '#a ',
    '\\',
    '.',
    '. ',
    '|',
    '\n',
    '\r',
    '> ',
    '```\n',
    '- ',
    '---\n',
    '[[a]] ',
    '[a](b "',
    '😀',
    '(',
    '"',
    '\u202e',
    '=\n',
    '* a\n',
  ];

  // Anything that takes time by the square of the length would not end within the time that a test has.
  it.each(hostile)('of %j over and over is read', (piece) => {
    const text = piece.repeat(Math.ceil(size / piece.length));
    for (const { start, end } of analyze(text).passages) {
      expect(end).toBeGreaterThan(start);
      expect(end - start).toBeLessThanOrEqual(1200);
    }
  });
});
