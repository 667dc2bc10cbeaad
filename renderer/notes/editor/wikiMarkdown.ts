import { Tag as makeTag, type Tag, tags } from '@lezer/highlight';
import type { BlockContext, InlineContext, Line, MarkdownConfig } from '@lezer/markdown';

/** What a `[[link]]` and a `#tag` are to the highlighter. */
export const wikiTag: Tag = makeTag.define();
export const hashTag: Tag = makeTag.define();

const open = '['.charCodeAt(0);
const hash = '#'.charCodeAt(0);
/** A name may be long, a line of brackets may be longer. */
const longestLink = 400;

/** Reads what plain Markdown does not know: `[[links]]`, `#tags` outside of code, and front matter. */
export const wikiMarkdown: MarkdownConfig = {
  defineNodes: [
    { name: 'WikiLink', style: wikiTag },
    { name: 'WikiMark', style: tags.processingInstruction },
    { name: 'HashTag', style: hashTag },
    { name: 'FrontMatter', block: true, style: tags.meta },
  ],
  parseBlock: [{ name: 'FrontMatter', before: 'HorizontalRule', parse: readFrontMatter }],
  parseInline: [
    { name: 'WikiLink', before: 'Link', parse: readLink },
    { name: 'HashTag', parse: readTag },
  ],
};

function readLink(context: InlineContext, next: number, at: number): number {
  if (next !== open || context.char(at + 1) !== open) return -1;
  const rest = context.slice(at + 2, Math.min(context.end, at + 2 + longestLink));
  const length = /^[^[\]\n]+(?=\]\])/.exec(rest)?.[0].length;
  if (length === undefined) return -1;
  const end = at + 2 + length + 2;
  const marks = [context.elt('WikiMark', at, at + 2), context.elt('WikiMark', end - 2, end)];
  return context.addElement(context.elt('WikiLink', at, end, marks));
}

function readTag(context: InlineContext, next: number, at: number): number {
  if (next !== hash) return -1;
  const before = at > context.offset ? context.slice(at - 1, at) : ' ';
  if (/[\p{L}\p{N}_#&/]/u.test(before)) return -1;
  const name = /^[\p{L}\p{N}_/-]+/u.exec(context.slice(at + 1, Math.min(context.end, at + 200)))?.[0];
  // A number alone is no tag: "#1" is the first of something.
  if (!name || !/[\p{L}_]/u.test(name)) return -1;
  return context.addElement(context.elt('HashTag', at, at + 1 + name.length));
}

// Without this, its last line would be a heading: it is underlined. What does not look like front matter ends it.
function readFrontMatter(context: BlockContext, line: Line): boolean {
  if (context.lineStart !== 0 || !/^---\s*$/.test(line.text)) return false;
  while (context.nextLine()) {
    if (/^(---|\.\.\.)\s*$/.test(line.text)) {
      context.nextLine();
      break;
    }
    if (!/^(\s|#|-\s|$|[^\s:]+:(\s|$))/.test(line.text)) break;
  }
  context.addElement(context.elt('FrontMatter', 0, context.prevLineEnd()));
  return true;
}
