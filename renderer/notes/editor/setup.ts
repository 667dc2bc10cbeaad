import { completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { markdown, markdownLanguage } from '@codemirror/lang-markdown';
import { indentUnit } from '@codemirror/language';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { EditorState, type Extension } from '@codemirror/state';
import { drawSelection, dropCursor, EditorView, highlightSpecialChars, keymap } from '@codemirror/view';
import { getNonce } from 'get-nonce';
import { completeNotes, type Writable } from './completion.ts';
import { followLinks } from './followLinks.ts';
import type { LinkInNote } from './linkAt.ts';
import { listKeys } from './listKeys.ts';
import { look } from './look.ts';
import { passageMark } from './passageMark.ts';
import { wikiMarkdown } from './wikiMarkdown.ts';

/** What the editor asks of the window around it. */
export interface EditorWorld {
  readonly writable: Writable;
  openLink(link: LinkInNote): void;
  linkWords(link: LinkInNote): string;
  onLeave(): void;
}

/** The page's CSP lets only style elements with this nonce through; every editor needs it. */
export const withNonce = (): Extension => EditorView.cspNonce.of(getNonce() ?? '');

/** A line longer than this is read anew with every key that is typed in it. */
const longestLine = 20_000;

/** Markdown as notes are written in it, with its look. A text with a line that is endless stays plain. */
export const noteLanguage = (doc: string): Extension => [
  hasLineOver(doc, longestLine)
    ? []
    : markdown({ base: markdownLanguage, extensions: wikiMarkdown, completeHTMLTags: false }),
  look,
  EditorView.lineWrapping,
  highlightSpecialChars(),
];

/** The words of the panel that finds and replaces, as words of this app. */
const words = {
  next: 'Next',
  previous: 'Previous',
  all: 'Select all',
  'match case': 'Match case',
  regexp: 'Pattern',
  'by word': 'Whole words',
  replace: 'Replace',
  'replace all': 'Replace all',
  close: 'Close',
};

/** Everything that the editor of a note can do. */
export function editorSetup(world: EditorWorld, doc: string): Extension {
  return [
    withNonce(),
    noteLanguage(doc),
    history(),
    drawSelection(),
    dropCursor(),
    indentUnit.of('  '),
    search({ top: true }),
    EditorState.phrases.of(words),
    highlightSelectionMatches({ minSelectionLength: 3 }),
    completeNotes(world.writable),
    followLinks({ open: world.openLink, words: world.linkWords }),
    keymap.of([...completionKeymap, ...searchKeymap, ...listKeys, ...historyKeymap, ...defaultKeymap]),
    passageMark,
    EditorView.contentAttributes.of({ 'aria-label': 'Text of the note', tabindex: '0' }),
    EditorView.domEventHandlers({ blur: () => world.onLeave() }),
  ];
}

function hasLineOver(doc: string, length: number): boolean {
  for (let at = 0; at + length < doc.length; ) {
    const end = doc.lastIndexOf('\n', at + length);
    if (end < at) return true;
    at = end + 1;
  }
  return false;
}
