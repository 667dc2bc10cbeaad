import { expect, it } from 'vitest';
import { advanceDoc, emptyDoc } from '../../../../renderer/chat/markdown/parts.ts';
import { plainText } from '../../../../renderer/chat/markdown/plainText.ts';

const plain = (markdown: string) => {
  const doc = advanceDoc(emptyDoc, markdown, true);
  return plainText([...doc.parts.flat(), ...doc.split.tail]);
};

it.each([
  [
    '# A *title*\n\nSome **bold** `code` and [a link](https://example.org).',
    'A title\n\nSome bold code and a link.',
  ],
  ['- one\n- two\n  - below\n- three', '- one\n- two\n  - below\n- three'],
  ['3. three\n4. four', '3. three\n4. four'],
  ['- [x] done\n- [ ] open', '- [x] done\n- [ ] open'],
  ['```ts\nconst a = 1;\n\nb();\n```\n\nAfter', 'const a = 1;\n\nb();\n\nAfter'],
  ['| a | b |\n| --- | --- |\n| 1 | **2** |', 'a\tb\n1\t2'],
  ['> quoted\n> words\n\nline  \nbreak', 'quoted\nwords\n\nline\nbreak'],
  ['plain 1 < 2 & 3', 'plain 1 < 2 & 3'],
  ['', ''],
])('%j reads %j', (markdown, text) => {
  expect(plain(markdown)).toBe(text);
});

it('gives a long text back whole, also where it is shown in pieces', () => {
  const words = Array.from({ length: 30_000 }, (_, n) => `word${n}`).join(' ');
  expect(plain(words).match(/word\d+/g)).toHaveLength(30_000);
});
