import { createHash } from 'node:crypto';
import type { FileChat, FileMessage } from '../../contract/chatFile.ts';
import { dayOf } from './fileNames.ts';
import { filesOf, sourceWords, speakerOf, stateWords } from './markdownFile.ts';

const style = `
:root { color-scheme: light dark; --paper: #faf8f4; --ink: #1c1f28; --soft: #f2efe8; --line: #d3ccbe; --faint: #5b5a55; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #14161c; --ink: #e8e5de; --soft: #1e212a; --line: #3a3f4c; --faint: #a5a39c; }
}
body { max-width: 720px; margin: 0 auto; padding: 32px 24px 64px; background: var(--paper); color: var(--ink);
  font: 16px/1.65 Georgia, "Noto Serif", serif; overflow-wrap: anywhere; }
h1 { font-size: 26px; line-height: 1.3; }
h2 { margin: 32px 0 8px; color: var(--faint); font: 600 13px/1.4 system-ui, sans-serif; }
h3 { margin: 24px 0 0; font-size: 18px; }
p, ul { margin: 0 0 12px; }
.text { white-space: pre-wrap; }
.user .text, pre { padding: 12px 16px; border: 1px solid var(--line); border-radius: 8px; background: var(--soft); }
pre, code { font: 14px/1.5 ui-monospace, "DejaVu Sans Mono", monospace; }
pre { overflow-x: auto; }
.aside { color: var(--faint); font-size: 14px; }
blockquote { margin: 0 0 12px; padding-left: 16px; border-left: 3px solid var(--line); color: var(--faint); white-space: pre-wrap; }
`;

const styleHash = createHash('sha256').update(style).digest('base64');
const policy = `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'`;

/** A branch of a chat as a page that stands alone: no script, nothing loaded, every word of the chat escaped. */
export function* writeHtml(chat: FileChat, branch: readonly FileMessage[]): Generator<string, void> {
  yield `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(chat.title)}</title>
<style>${style}</style>
</head>
<body>
<h1 dir="auto">${escapeHtml(chat.title)}</h1>
<p class="aside">${[dayOf(chat.createdAt), ...chat.tags.map((tag) => `#${tag}`)].map(escapeHtml).join(' · ')}</p>
`;
  for (const message of branch) yield article(message);
  yield '</body>\n</html>\n';
}

function article(message: FileMessage): string {
  const thought = message.thought.trim();
  const note = stateWords(message);
  const sources = message.notes?.sources ?? [];
  const list = sources
    .map((source) => `<li>[${source.number}] ${escapeHtml(sourceWords(source))}</li>`)
    .join('');
  return [
    `<article class="${message.role}" dir="auto">`,
    `<h2>${escapeHtml(speakerOf(message))}</h2>`,
    thought === '' ? '' : `<blockquote>${escapeHtml(thought)}</blockquote>`,
    message.role === 'user' ? `<div class="text">${escapeHtml(message.text)}</div>` : prose(message.text),
    message.attachments.length === 0 ? '' : `<p class="aside">With ${escapeHtml(filesOf(message))}</p>`,
    note === null ? '' : `<p class="aside">${note}</p>`,
    list === '' ? '' : `<ul class="aside">${list}</ul>`,
    '</article>\n',
  ].join('\n');
}

/** The parts of Markdown that help a reader most: code, headings, bold words. All else stays as it was written. */
function prose(text: string): string {
  const parts: string[] = [];
  let words: string[] = [];
  let code: { readonly fence: string; readonly lines: string[] } | null = null;
  const closeWords = () => {
    const rest = words.join('\n').replace(/^\n+|\s+$/g, '');
    if (rest !== '') parts.push(`<div class="text">${inline(rest)}</div>`);
    words = [];
  };
  for (const line of text.split('\n')) {
    if (code) {
      if (line.trim().startsWith(code.fence) && line.trim().replaceAll(code.fence.charAt(0), '') === '') {
        parts.push(`<pre><code>${escapeHtml(code.lines.join('\n'))}</code></pre>`);
        code = null;
      } else code.lines.push(line);
      continue;
    }
    const fence = /^ {0,3}(`{3,}|~{3,})[^`]*$/.exec(line)?.[1];
    const heading = /^ {0,3}#{1,6} +(.*)$/.exec(line)?.[1];
    if (fence !== undefined) {
      closeWords();
      code = { fence, lines: [] };
    } else if (heading !== undefined) {
      closeWords();
      parts.push(`<h3>${inline(heading)}</h3>`);
    } else words.push(line);
  }
  closeWords();
  if (code) parts.push(`<pre><code>${escapeHtml(code.lines.join('\n'))}</code></pre>`);
  return parts.join('\n');
}

// Escaped first: what is added is the only markup there is.
const inline = (text: string): string =>
  escapeHtml(text)
    .replace(/`([^`\n]{1,500})`/g, '<code>$1</code>')
    .replace(/\*\*([^*\n]{1,500})\*\*/g, '<strong>$1</strong>');

/** Text as it may stand anywhere in HTML; signs that no reader should get become a mark. */
function escapeHtml(text: string): string {
  return text
    .toWellFormed()
    .replace(/(?![\t\n\r])\p{Cc}/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
