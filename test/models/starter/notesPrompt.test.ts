import { expect, it } from 'vitest';
import { noteSentences, notesPrompt } from '../../../models/starter/notesPrompt.ts';

it('puts every sentence on a line with a letter of its own and the number of its passage', () => {
  const passages = [
    { number: 1, path: 'Cabin/Power.md', heading: 'Decision', text: 'We use Victron 1200. It was cheap.' },
    { number: 4, path: 'Home/Shed.md', heading: '', text: '- Code of the shed: K7-449\n' },
  ];
  const [system, user] = notesPrompt(passages, ' What is the code of the shed? ');
  expect(system.text).toContain('That is not in your notes.');
  expect(user.text).toBe(
    [
      'Notes:',
      '# Cabin/Power.md › Decision',
      'A We use Victron 1200. [1]',
      'B It was cheap. [1]',
      '# Home/Shed.md',
      'C Code of the shed: K7-449 [4]',
      '',
      'Question: What is the code of the shed?',
    ].join('\n'),
  );
});

it('cuts at the ends of sentences and lines, not after titles, initials or inside numbers', () => {
  expect(noteSentences('Dr. Lee met J. Smith at 3.5 km. They walked.  Why? "Fun." 12 came.')).toEqual([
    'Dr. Lee met J. Smith at 3.5 km.',
    'They walked.',
    'Why?',
    '"Fun."',
    '12 came.',
  ]);
});

it('leaves out the marks of lists, tasks, quotations and headings, and lines without words', () => {
  const text = '## Plan\n\n* one\n- [x] two\n3. three\n> four\n---\n+   five   six';
  expect(noteSentences(text)).toEqual(['Plan', 'one', 'two', 'three', 'four', 'five six']);
});

it('lets no sentence carry a number that looks like a source', () => {
  expect(noteSentences('See [3] for more.')).toEqual(['See (3) for more.']);
});
