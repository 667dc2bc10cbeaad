import { expect, it } from 'vitest';
import { titleOf } from '../../../renderer/chat/titleOf.ts';

it.each([
  ['Hello there\nmore', 'Hello there'],
  ['  spaced   out  ', 'spaced out'],
  ['a'.repeat(100), `${'a'.repeat(60)}…`],
  [`${'word '.repeat(30)}`, `${'word '.repeat(12).trimEnd()}…`],
])('names a chat after its first words: %j', (text, title) => {
  expect(titleOf(text)).toBe(title);
});
