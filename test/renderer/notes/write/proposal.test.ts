import { describe, expect, it } from 'vitest';
import type { WritingTask } from '../../../../electron/contract/writing.ts';
import { isNothing, targetOf, tidyAnswer, withProposal } from '../../../../renderer/notes/write/proposal.ts';

const text = '---\na: 1\n---\n# Power\n\nWe take the battery.\n\n- a pad\n';
const at = (words: string) => ({ from: text.indexOf(words), to: text.indexOf(words) + words.length });
const nowhere = { from: 0, to: 0 };
const put = (
  task: WritingTask,
  selection: { from: number; to: number },
  answer: string,
  items: string[] = [],
) => withProposal(task, text, targetOf(task, text, selection), { answer, items });

describe('what is worked on', () => {
  it('is the selection, else the note behind its front matter', () => {
    expect(targetOf('rewrite', text, at('battery'))).toEqual({ ...at('battery'), whole: false });
    expect(targetOf('rewrite', text, nowhere)).toEqual({ from: 13, to: text.length, whole: true });
    expect(targetOf('tags', text, { from: 20, to: 22 })).toMatchObject({ whole: true });
  });

  it('ends at the cursor when the note is to go on, unless nothing stands before it', () => {
    const cursor = { from: at('\n\n- a').from, to: at('\n\n- a').from };
    expect(targetOf('continue', text, cursor)).toEqual({ from: 13, to: cursor.to, whole: true });
    expect(targetOf('continue', text, nowhere).to).toBe(text.length);
  });
});

describe('a proposal in its note', () => {
  it('replaces what was selected, and keeps the blank space around it', () => {
    const all = text.replace('We take the battery.', 'A battery.');
    expect(put('rewrite', at('We take the battery.'), 'A battery.\n')).toBe(all);
    expect(put('translate', at('\n\nWe take the battery.\n\n'), 'A battery.')).toBe(all);
    expect(put('rewrite', nowhere, '# Strom\n')).toBe('---\na: 1\n---\n# Strom\n');
  });

  it('goes on below the end, or inside the sentence that is being written', () => {
    expect(put('continue', nowhere, 'More.')).toBe(`${text.trimEnd()}\n\nMore.\n`);
    const inside = 'First we';
    expect(
      withProposal('continue', inside, targetOf('continue', inside, nowhere), { answer: 'eat.', items: [] }),
    ).toBe('First we eat.');
    const cursor = { from: at('\n\n- a').from, to: at('\n\n- a').from };
    expect(put('continue', cursor, 'More.')).toBe(
      text.replace('battery.\n\n- a', 'battery.\n\nMore.\n\n- a'),
    );
  });

  it('stands below the first heading, or below the selection', () => {
    expect(put('summarize', nowhere, 'In short.')).toBe(text.replace('# Power\n', '# Power\n\nIn short.\n'));
    expect(put('summarize', at('battery'), 'In short.')).toBe(
      text.replace('battery.\n', 'battery.\n\nIn short.\n'),
    );
    const bare = 'No heading.\n';
    expect(
      withProposal('summarize', bare, targetOf('summarize', bare, nowhere), { answer: 'Short.', items: [] }),
    ).toBe('Short.\n\nNo heading.\n');
  });

  it('is a list of tasks, a title, tags or links in their places', () => {
    expect(put('tasks', nowhere, '- [ ] buy it')).toBe(`${text.trimEnd()}\n\n- [ ] buy it\n`);
    expect(put('title', nowhere, '', ['Strom'])).toBe(text.replace('# Power', '# Strom'));
    expect(withProposal('title', 'text', { from: 0, to: 4, whole: true }, { answer: '', items: ['T'] })).toBe(
      '# T\n\ntext',
    );
    expect(put('tags', nowhere, '', ['x'])).toBe(text.replace('a: 1\n', 'a: 1\ntags: [x]\n'));
    expect(put('links', nowhere, '', ['Loads', 'Plan'])).toBe(
      `${text.trimEnd()}\n\nSee also: [[Loads]], [[Plan]]\n`,
    );
    for (const task of ['title', 'tags', 'links'] as const) expect(put(task, nowhere, 'x')).toBe(text);
  });

  it('comes without what models put around it', () => {
    expect(tidyAnswer('\n\n```markdown\n# A\n\ntext\n```\n')).toBe('# A\n\ntext');
    expect(tidyAnswer('<note>\r\n  A\r\nB\r\n</note>\n')).toBe('  A\nB');
    const code = '```\na\n```\n\ntext\n\n```\nb\n```';
    expect(tidyAnswer(code)).toBe(code);
    expect([' none. ', 'None', '- none', ''].every(isNothing)).toBe(true);
    expect(isNothing('none of it')).toBe(false);
  });
});
