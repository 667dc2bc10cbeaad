import { expect, it } from 'vitest';
import { codeLimit, partLimit } from '../../../../renderer/chat/markdown/limits.ts';
import { advanceDoc, emptyDoc } from '../../../../renderer/chat/markdown/parts.ts';

const paragraph = 'Some words that make up a paragraph of ordinary length.\n\n';

it('groups an answer of 0.9 MB into rows of bounded size, without losing a block', () => {
  const doc = advanceDoc(emptyDoc, paragraph.repeat(16_000), true);
  const sizes = doc.parts.map((part) => part.reduce((sum, block) => sum + block.text.length, 0));
  expect(Math.max(...sizes)).toBeLessThanOrEqual(Math.max(partLimit, codeLimit));
  expect(doc.parts.flat()).toHaveLength(16_000);
});

it('keeps the rows that are full while the text grows', () => {
  const before = advanceDoc(emptyDoc, paragraph.repeat(200), false);
  const after = advanceDoc(before, paragraph.repeat(400), false);
  expect(before.parts.length).toBeGreaterThan(2);
  expect(after.parts.length).toBeGreaterThan(before.parts.length);
  for (let i = 0; i < before.parts.length - 1; i++) expect(after.parts[i]).toBe(before.parts[i]);
});

it('closes the tail when the answer is final, and gives back the same document for the same text', () => {
  const open = advanceDoc(emptyDoc, 'one\n\ntwo', false);
  expect(open.split.tail).toHaveLength(1);
  const final = advanceDoc(open, 'one\n\ntwo', true);
  expect(final.split.tail).toHaveLength(0);
  expect(final.parts.flat().map((block) => block.text)).toEqual(['one\n', 'two']);
  expect(advanceDoc(final, 'one\n\ntwo', true)).toBe(final);
});

it('starts over when the text is another one', () => {
  const doc = advanceDoc(advanceDoc(emptyDoc, 'a long first text\n\n', false), 'new', true);
  expect(doc.parts.flat().map((block) => block.text)).toEqual(['new']);
});
