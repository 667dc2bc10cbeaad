import type { AttachmentKind } from '../../contract/attachments.ts';
import { type Block, readBlocks } from '../../notes/markdown/blocks.ts';
import { linesOf } from '../../notes/markdown/lines.ts';
import { cutPassages, type PassageSpan } from '../../notes/markdown/passages.ts';

/** A text as it is cut. */
export interface Cuttable {
  readonly kind: AttachmentKind;
  readonly text: string;
  readonly pages: readonly number[] | null;
}

/** Characters of a table's first line that stand over each of its passages. */
const longestHead = 200;

/** Cuts an attachment into passages: by headings where it has them, never across a page, tables under their first line. */
export function cutAttachment({ kind, text, pages }: Cuttable): PassageSpan[] {
  if (pages)
    return pages.flatMap((start, at) =>
      cutPassages(text, paragraphs(text, start, pages[at + 1] ?? text.length, 'text')).map((span) => ({
        ...span,
        heading: `page ${at + 1}`,
      })),
    );
  switch (kind) {
    case 'markdown':
    case 'docx':
      return cutPassages(text, readBlocks(text, 0, 1));
    case 'csv': {
      const head = text.slice(0, text.search(/\n|$/)).trim();
      const spans = cutPassages(text, paragraphs(text, 0, text.length, 'row'));
      return spans.map((span) => ({ ...span, heading: span.start === 0 ? '' : head.slice(0, longestHead) }));
    }
    case 'code':
      return cutPassages(text, paragraphs(text, 0, text.length, 'code'));
    case 'text':
    case 'pdf':
      return cutPassages(text, paragraphs(text, 0, text.length, 'text'));
  }
}

/** Stretches between empty lines; of a table each row. */
function paragraphs(text: string, from: number, to: number, kind: 'text' | 'row' | 'code'): Block[] {
  const blocks: Block[] = [];
  let open: { start: number; end: number; line: number } | null = null;
  const close = () => {
    if (open) blocks.push({ kind, ...open, level: 0, title: '' });
    open = null;
  };
  for (const line of linesOf(text, from)) {
    if (line.start >= to) break;
    const empty = text.slice(line.start, Math.min(line.end, line.start + 400)).trim() === '';
    if (empty || kind === 'row') close();
    if (empty) continue;
    const end = Math.min(line.end, to);
    if (open) open = { ...(open as { start: number; line: number }), end };
    else open = { start: line.start, end, line: line.number };
  }
  close();
  return blocks;
}
