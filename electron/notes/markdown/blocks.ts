import { type Line, linesOf } from './lines.ts';

/** A stretch of a note that hangs together; offsets in UTF-16 units, `line` counts from 1. */
export interface Block {
  readonly kind: 'heading' | 'text' | 'item' | 'row' | 'code';
  readonly start: number;
  readonly end: number;
  readonly line: number;
  /** Of a heading: 1 to 6. */
  readonly level: number;
  /** Of a heading: its words. */
  readonly title: string;
}

/** Characters at the start of a line that decide what it is. */
const enough = 400;
const fence = /^[\s>]*(?:[-*+]\s+)?(`{3,}|~{3,})/;
const item = /^\s*(?:[-*+]|\d{1,9}[.)])(?:\s|$)/;
const row = /^\s*\|/;
const underline = /^ {0,3}(=+|-+)[ \t]*$/;

/** Takes a note apart line by line, in one pass; `from` is where its front matter ends. */
export function readBlocks(text: string, from: number, firstLine: number): Block[] {
  const blocks: Block[] = [];
  let open: { kind: 'text' | 'item'; start: number; end: number; line: number; lines: number } | null = null;
  let code: { mark: string; start: number; line: number } | null = null;
  let end = from;

  const close = () => {
    if (open) blocks.push({ ...plain, kind: open.kind, start: open.start, end: open.end, line: open.line });
    open = null;
  };
  for (const line of linesOf(text, from)) {
    const number = line.number + firstLine - 1;
    const begin = text.slice(line.start, Math.min(line.end, line.start + enough));
    end = line.end;
    if (code) {
      if (!closes(begin, code.mark)) continue;
      blocks.push({ ...plain, kind: 'code', start: code.start, end: line.end, line: code.line });
      code = null;
      continue;
    }
    const opening = fence.exec(begin)?.[1];
    if (opening) {
      close();
      code = { mark: opening, start: line.start, line: number };
    } else if (begin.trim() === '' && line.end - line.start <= enough) {
      close();
    } else if (isHeading(begin)) {
      close();
      blocks.push(heading(text, line, number));
    } else if (
      open?.kind === 'text' &&
      open.lines === 1 &&
      underline.test(begin) &&
      line.end - line.start < enough
    ) {
      const { start, end, line: at } = open as { start: number; end: number; line: number };
      const level = begin.trim().startsWith('=') ? 1 : 2;
      blocks.push({
        kind: 'heading',
        start,
        end: line.end,
        line: at,
        level,
        title: tidy(text.slice(start, end)),
      });
      open = null;
    } else if (row.test(begin)) {
      close();
      blocks.push({ ...plain, kind: 'row', start: line.start, end: line.end, line: number });
    } else if (item.test(begin)) {
      close();
      open = { kind: 'item', start: line.start, end: line.end, line: number, lines: 1 };
    } else if (open) {
      open.end = line.end;
      open.lines++;
    } else open = { kind: 'text', start: line.start, end: line.end, line: number, lines: 1 };
  }
  close();
  if (code) blocks.push({ ...plain, kind: 'code', start: code.start, end, line: code.line });
  return blocks;
}

const plain = { level: 0, title: '' } as const;

function isHeading(begin: string): boolean {
  return /^ {0,3}#{1,6}(?:[ \t]|$)/.test(begin);
}

function heading(text: string, { start, end }: Line, line: number): Block {
  const whole = text.slice(start, Math.min(end, start + 2000)).trim();
  const level = /^#+/.exec(whole)?.[0].length ?? 1;
  return { kind: 'heading', start, end, line, level, title: tidy(whole.slice(level)) };
}

/** The words of a heading without its closing marks, at most 200 characters. */
function tidy(words: string): string {
  const trimmed = words.trim();
  let end = trimmed.length;
  while (end > 0 && trimmed[end - 1] === '#') end--;
  const closed = end < trimmed.length && (end === 0 || /[ \t]/.test(trimmed[end - 1] as string));
  return (closed ? trimmed.slice(0, end) : trimmed).trim().slice(0, 200).toWellFormed();
}

function closes(begin: string, mark: string): boolean {
  const trimmed = begin.trim().replace(/^>\s*/, '');
  return trimmed.length >= mark.length && trimmed.startsWith(mark) && new Set(trimmed).size === 1;
}
