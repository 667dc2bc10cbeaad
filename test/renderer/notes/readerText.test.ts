import { expect, it } from 'vitest';
import { addressOfNote, noteOfAddress, readerText } from '../../../renderer/notes/readerText.ts';

const body = (text: string) => readerText(text).body;
const link = (target: string, words = target) => `[${words}](${addressOfNote(target)})`;

it('makes links of notes links to read', () => {
  expect(body('See [[Loads]] and ![[Cabin/Plan#Later|the plan]].')).toBe(
    `See ${link('Loads')} and ${link('Cabin/Plan', 'the plan')}.`,
  );
  expect(body('A [note](../My%20plan.md#x), a [page](https://example.org/a.md), a ![picture](a.md).')).toBe(
    `A [note](${addressOfNote('../My plan.md')}), a [page](https://example.org/a.md), a ![picture](a.md).`,
  );
});

it('leaves code as it is written', () => {
  const text = 'a `[[b]]` c ``[[d]] ` `` \n```\n[[e]]\n```\n[[f]]';
  expect(body(text)).toBe(text.replace('[[f]]', link('f')));
});

it('takes front matter apart', () => {
  expect(readerText('---\r\ntitle: x\r\n---\r\n# y\r\n')).toEqual({ frontMatter: 'title: x', body: '# y\n' });
  expect(readerText('---\nnot closed')).toEqual({ frontMatter: '', body: '---\nnot closed' });
});

it('finds the note of an address again, and no note in any other', () => {
  expect(noteOfAddress(addressOfNote('a/b c (1).md'))).toBe('a/b c (1).md');
  expect(noteOfAddress('https://example.org/#Loads')).toBeNull();
  expect(noteOfAddress('https://note.invalid/#%')).toBeNull();
});

// A pattern that goes back and forth would not end within the time of a test.
it.each(['[', '`', '[[', '`[[', '![(', '[[a|', '``a'])('comes to an end with a line made of %j', (marks) => {
  const line = marks.repeat(19_000 / marks.length);
  expect(body(line)).toBe(line);
  expect(body(line.repeat(20))).toBe(line.repeat(20));
});
