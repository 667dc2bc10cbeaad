import { readFileSync } from 'node:fs';
import { GFM, parser } from '@lezer/markdown';
import { describe, expect, it } from 'vitest';
import type { FileChat, FileMessage } from '../../../electron/contract/chatFile.ts';
import { writeHtml } from '../../../electron/services/archive/htmlFile.ts';
import { writeMarkdown } from '../../../electron/services/archive/markdownFile.ts';
import { quietMarkdown } from '../../../electron/services/archive/quietMarkdown.ts';
import { hostile } from '../../e2e/hostile.ts';
import { openArchive } from './openArchive.ts';

const markdown = parser.configure(GFM);
const loud = ['Image', 'HTMLTag', 'HTMLBlock', 'Comment', 'CommentBlock', 'ProcessingInstruction'];

/** Names of the parts of a Markdown text that a viewer might load something for. */
function loudParts(text: string): string[] {
  const found: string[] = [];
  markdown.parse(text).iterate({
    enter: ({ name }) => {
      if (loud.some((each) => name.startsWith(each))) found.push(name);
    },
  });
  return found;
}

describe('quietMarkdown', () => {
  it.each(hostile('http://trap.invalid'))('leaves nothing to load in: $name', ({ text }) => {
    expect(loudParts(quietMarkdown(text))).toEqual([]);
  });

  it.each([
    '`a\nb` <img src=x> `c`',
    'x `\n# ` <img src=x>',
    '\\` <img src=x> `',
    '\\![a](http://b)',
    '```js\ncode\n```<img src=x>\n\n![a](b)',
    '    ```\n![a](http://b)',
    '- ```\n  x\n![a](http://b)',
    '> ```\n![a](http://b)',
  ])('is not led astray by the bounds of code: %j', (text) => {
    expect(loudParts(quietMarkdown(text))).toEqual([]);
  });

  it('leaves code, links and all other words as they are', () => {
    const text =
      'Use `<div>` and [a link](https://a.example), <https://b.example>, 1 < 2.\n\n```html\n<img src="x">\n![a](b)\n```';
    expect(quietMarkdown(text)).toBe(text);
  });
});

describe('a chat to read', () => {
  it.each([
    ['Markdown', writeMarkdown],
    ['HTML', writeHtml],
  ])('names as %s the files that went with a message, and nothing of them is loaded', (_, write) => {
    const message = {
      ...{ id: 'm', role: 'user', model: null, state: 'done', damaged: false, thought: '', notes: null },
      text: 'When do they come?',
      attachments: [{ name: 'move.txt' }, { name: '![a](http://trap.invalid)<img src=x>.pdf' }],
    } as unknown as FileMessage;
    const chat = { title: 'Move', tags: [], createdAt: 0 } as unknown as FileChat;
    const file = [...write(chat, [message])].join('');
    expect(file).toMatch(/With move\.txt, /);
    expect(file).not.toContain('<img src=x>');
    expect(loudParts(file).filter((name) => name === 'Image')).toEqual([]);
  });
});

describe('training data', () => {
  it('holds conversations without bad answers, and pairs by rating and by choice', async () => {
    const app = openArchive();
    const { chats } = app;
    const { id } = await chats.create('A');
    const first = chats.turn(id, 'q1', 'worse');
    const again = chats.conversations.addAnswer({
      conversationId: id,
      messageId: first.user.id,
      model: null,
    });
    const writer = chats.conversations.openAnswer(again.id);
    writer.append({ text: 'better' });
    writer.finish({ state: 'done', endReason: 'complete', stats: null, error: null, leftOut: 0, cut: null });
    const next = chats.turn(id, 'q2', 'disliked', again.id);
    await chats.rate(id, next.answer.id, 'bad');
    const lines = async (kind: 'conversations' | 'preferences') => {
      const { path } = await app.export({ what: 'training', kind }, `${kind}.jsonl`, true);
      return readFileSync(path, 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line));
    };
    const prompt = [{ role: 'user', content: 'q1' }];
    const chosen = [{ role: 'assistant', content: 'better' }];
    const rejected = [{ role: 'assistant', content: 'worse' }];
    expect(await lines('conversations')).toEqual([{ messages: [...prompt, ...chosen] }]);
    expect(await lines('preferences')).toEqual([{ prompt, chosen, rejected, by: 'choice' }]);
    await chats.rate(id, again.id, 'good');
    await chats.rate(id, first.answer.id, 'bad');
    expect(await lines('preferences')).toEqual([{ prompt, chosen, rejected, by: 'rating' }]);
  });
});
