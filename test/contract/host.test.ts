import { describe, expect, it } from 'vitest';
import { externalUrl } from '../../electron/contract/host.ts';

describe('externalUrl', () => {
  it.each(['https://example.org/a?b#c', 'HTTP://example.org', 'mailto:someone@example.org'])(
    'allows %s',
    (url) => {
      expect(externalUrl.parse(url)).toBe(url);
    },
  );

  it.each([
    'javascript:alert(1)',
    'file:///etc/passwd',
    'data:text/html,x',
    'smb://host/share',
    'ms-msdt:/id',
    'vscode://x',
    'app://inkling/',
    'httpx://example.org',
    ' https://example.org',
    '\nhttps://example.org',
    'java\nscript:alert(1)',
    '//example.org',
    'example.org',
    '/etc/passwd',
    '',
    `https://example.org/${'x'.repeat(8192)}`,
  ])('refuses %j', (url) => {
    expect(externalUrl.safeParse(url).success).toBe(false);
  });
});
