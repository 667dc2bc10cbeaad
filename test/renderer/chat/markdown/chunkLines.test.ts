import { expect, it } from 'vitest';
import { chunkLines } from '../../../../renderer/chat/markdown/chunkLines.ts';

it('cuts at line ends, loses nothing, and leaves early chunks as they were when the text grows', () => {
  const text = 'a line of code\n'.repeat(1000);
  const chunks = chunkLines(text, 500);
  expect(chunks.map((chunk) => chunk.text).join('')).toBe(text);
  expect(chunks.slice(0, -1).every((chunk) => chunk.text.endsWith('\n'))).toBe(true);
  expect(chunkLines(`${text}more`, 500).slice(0, chunks.length - 1)).toEqual(chunks.slice(0, -1));
});

it('cuts a line that is far too long', () => {
  expect(Math.max(...chunkLines('x'.repeat(100_000), 500).map((chunk) => chunk.text.length))).toBeLessThan(
    3000,
  );
});
