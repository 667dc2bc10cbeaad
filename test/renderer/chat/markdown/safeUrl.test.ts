import { expect, it } from 'vitest';
import { externalUrl } from '../../../../electron/contract/host.ts';
import { safeUrl } from '../../../../renderer/chat/markdown/safeUrl.ts';

it.each(['https://example.com/a?b#c', 'HTTP://example.com', 'mailto:a@example.com'])(
  'lets %s through',
  (url) => {
    expect(safeUrl(url)).toBe(url);
    expect(externalUrl.safeParse(url).success).toBe(true);
  },
);

it.each([
  'javascript:alert(1)',
  ' javascript:alert(1)',
  'java\nscript:alert(1)',
  'data:text/html,x',
  'file:///etc/passwd',
  'app://inkling/',
  '//example.com',
  '/relative',
  '#hash',
  'vbscript:x',
  `https://example.com/${'a'.repeat(9000)}`,
])('empties %s', (url) => {
  expect(safeUrl(url)).toBe('');
});
