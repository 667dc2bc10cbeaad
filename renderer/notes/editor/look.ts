import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { hashTag, wikiTag } from './wikiMarkdown.ts';

const words = HighlightStyle.define([
  { tag: tags.heading1, fontWeight: '700', fontSize: '1.22em' },
  { tag: tags.heading2, fontWeight: '700', fontSize: '1.1em' },
  { tag: [tags.heading3, tags.heading4, tags.heading5, tags.heading6], fontWeight: '700' },
  { tag: tags.strong, fontWeight: '700' },
  { tag: tags.emphasis, fontStyle: 'italic' },
  { tag: tags.strikethrough, textDecoration: 'line-through' },
  { tag: [tags.processingInstruction, tags.contentSeparator], color: 'var(--ink-3)' },
  { tag: [tags.link, wikiTag], color: 'var(--accent)' },
  { tag: tags.url, color: 'var(--ink-3)' },
  { tag: hashTag, color: 'var(--code-text)' },
  { tag: tags.quote, color: 'var(--ink-2)' },
  { tag: tags.monospace, color: 'var(--code-word)' },
  { tag: [tags.meta, tags.comment], color: 'var(--code-note)' },
  { tag: tags.labelName, color: 'var(--code-name)' },
]);

const surface = EditorView.theme({
  '&': { height: '100%', color: 'var(--ink)', backgroundColor: 'transparent', fontSize: '14px' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--font-code)', lineHeight: '1.72', overflowX: 'hidden' },
  '.cm-content': { padding: '24px 0 40vh', caretColor: 'var(--accent)' },
  '.cm-line': { padding: '0 24px' },
  '.cm-cursor, .cm-dropCursor': { borderLeftColor: 'var(--accent)', borderLeftWidth: '2px' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    background: 'color-mix(in srgb, var(--accent) 22%, transparent)',
  },
  '.cm-activeLine': { backgroundColor: 'transparent' },
  '.cm-specialChar': { color: 'var(--bad)' },
  '.cm-passage': { backgroundColor: 'var(--mark)', borderRadius: '2px' },
  // Dim marks would be too dim on it.
  '.cm-passage, .cm-passage *, .cm-searchMatch *': { color: 'var(--ink)' },
  '.cm-searchMatch': { backgroundColor: 'var(--mark)', outline: '1px solid var(--line-strong)' },
  '.cm-searchMatch.cm-searchMatch-selected': {
    backgroundColor: 'color-mix(in srgb, var(--accent) 30%, transparent)',
  },
  '.cm-selectionMatch': { backgroundColor: 'color-mix(in srgb, var(--accent) 12%, transparent)' },
});

/** How a note looks while it is edited: our tokens alone, so that both themes come for nothing. */
export const look: Extension = [surface, syntaxHighlighting(words)];
