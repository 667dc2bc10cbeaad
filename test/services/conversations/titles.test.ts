import { expect, it } from 'vitest';
import { titleFrom } from '../../../electron/services/conversations/titles.ts';

it.each([
  ['What is ink?', 'What is ink?'],
  ['\n\n  # Hello **world**\nmore', 'Hello world'],
  ['> - [ ] buy `ink` and [paper](https://example.org)', 'buy ink and paper'],
  ['```js\nlet x = 1;\n```', 'let x = 1;'],
  ['snake_case stays, _this_ does not shout', 'snake_case stays, this does not shout'],
  ['1) first', 'first'],
  ['***', 'New chat'],
  ['', 'New chat'],
  ['tabs\tand\u0000zeros', 'tabs and zeros'],
  [
    'Please explain to me in simple words how the printing press changed Europe',
    'Please explain to me in simple words how the printing press…',
  ],
  ['x'.repeat(100), `${'x'.repeat(60)}…`],
  ['🙂'.repeat(70), `${'🙂'.repeat(60)}…`],
])('%j is titled %j', (text, title) => {
  expect(titleFrom(text)).toBe(title);
});
