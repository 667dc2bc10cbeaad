import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it, vi } from 'vitest';
import { formatMarkdown } from '../../../../renderer/chat/markdown/formatMarkdown.tsx';

// The link and the code block reach for the window's stores; here only what Markdown becomes is of interest.
vi.mock('../../../../renderer/app/stores.tsx', () => ({ useStores: () => ({}) }));
vi.mock('../../../../renderer/chat/markdown/CodeBlock.tsx', () => ({
  CodeBlock: ({ text, lang }: { text: string; lang: string }) => <code data-lang={lang}>{text}</code>,
}));

const html = (text: string) => renderToStaticMarkup(formatMarkdown(text));

it('shows raw HTML as words', () => {
  const out = html('<script>alert(1)</script>\n\n<img src=x onerror=alert(1)> <b>x</b>');
  expect(out).not.toMatch(/<(script|img|b)\b/);
  expect(out).toContain('&lt;script&gt;');
});

it('shows a picture as its words and its address, and loads nothing', () => {
  const out = html('![a cat](https://example.com/cat.png) ![][ref]\n\n[ref]: https://example.com/ref.png');
  expect(out).not.toMatch(/<img|src=|url\(/);
  expect(out).toContain('[Image: a cat (https://example.com/cat.png)]');
});

it('makes links that no click can follow past the dialog', () => {
  const out = html(
    '[a](https://example.com) https://example.com/auto [b](javascript:alert(1)) [c](data:text/html,x)',
  );
  expect(out).not.toContain('href');
  expect(out).not.toContain('javascript:');
  expect(out.match(/role="link"/g)).toHaveLength(2);
});

it('renders tables, tasks and code with their language', () => {
  const out = html('| a |\n|---|\n| 1 |\n\n- [x] done\n\n  ```js\n  let a;\n  ```\n');
  expect(out).toContain('<table>');
  expect(out).toContain('aria-label="done"');
  expect(out).toContain('<code data-lang="js">let a;</code>');
});
