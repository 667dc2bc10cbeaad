import { expect, it } from 'vitest';
import { promptOf, readHeldOut } from '../../../models/starter/heldOut.ts';
import { noteSentences, notesPrompt } from '../../../models/starter/notesPrompt.ts';

it('writes the held-out prompts exactly as the trainer does, the best lines first', async () => {
  for (const test of await readHeldOut()) expect(promptOf(test).messages.at(-1)?.text).toBe(test.user);
});

it('shows the five lines that share most with the question, under the places that they come from', () => {
  const text = ['One.', 'Two.', 'Three.', 'Four.', 'Five.', 'The shed has the code K7-449.'].join(' ');
  const user = notesPrompt([{ number: 2, path: 'A.md', heading: '', text }], 'code of the shed?')[1].text;
  expect(user).toMatch(/^Notes:\n# A\.md\nA The shed has the code K7-449\. \[2\]\nB One\. \[2\]\n/);
  expect(user).toContain('E Four. [2]\n\n');
  expect(user).not.toContain('Five');
});

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
      '# Home/Shed.md',
      'A Code of the shed: K7-449 [4]',
      '# Cabin/Power.md › Decision',
      'B We use Victron 1200. [1]',
      'C It was cheap. [1]',
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
