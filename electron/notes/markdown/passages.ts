import type { Block } from './blocks.ts';
import { linesOf } from './lines.ts';
import { sentencesOf } from './sentences.ts';

/** Characters that a passage is filled up to, and that it never exceeds. */
const wanted = 650;
const most = 1200;

/** A stretch of a note under one heading; offsets in UTF-16 units, `line` counts from 1. */
export interface PassageSpan {
  readonly start: number;
  readonly end: number;
  readonly line: number;
  /** The headings above it, outermost first, joined by ` › `. */
  readonly heading: string;
}

type Span = Omit<PassageSpan, 'heading'>;

/** Cuts a note into passages: never across a heading, at the ends of paragraphs, items or sentences where it can be. */
export function cutPassages(text: string, blocks: readonly Block[]): PassageSpan[] {
  const passages: PassageSpan[] = [];
  const above: { level: number; title: string }[] = [];
  let heading = '';
  let bare: Block | null = null;
  let parts: Span[] = [];

  const close = () => {
    // A heading with nothing under it is found by its own words.
    if (parts.length === 0 && bare)
      passages.push({ start: bare.start, end: bare.end, line: bare.line, heading });
    for (const span of pack(parts)) passages.push({ ...span, heading });
    parts = [];
    bare = null;
  };
  for (const block of blocks) {
    if (block.kind === 'heading') {
      const nested = bare !== null && parts.length === 0 && block.level > bare.level;
      if (nested) bare = null;
      close();
      while ((above.at(-1)?.level ?? 0) >= block.level) above.pop();
      above.push({ level: block.level, title: block.title });
      heading = above.map(({ title }) => title).join(' › ');
      bare = block.end - block.start <= most ? block : null;
    } else for (const part of split(text, block)) parts.push(part);
  }
  close();
  return passages;
}

/** Puts neighbouring parts together as long as they stay within the wanted length. */
function* pack(parts: readonly Span[]): Generator<Span> {
  let open: Span | undefined;
  for (const part of parts) {
    if (open && part.end - open.start <= wanted) open = { start: open.start, line: open.line, end: part.end };
    else {
      if (open) yield open;
      open = part;
    }
  }
  if (open) yield open;
}

/** A block as it is if it is short enough; else by lines (code), or by sentences, or cut at a space. */
function split(text: string, { kind, start, end, line }: Block): Span[] {
  if (end - start <= wanted || (kind === 'code' && end - start <= most))
    return [trim(text, { start, end, line })];
  const pieces: Span[] = [];
  for (const each of linesOf(text.slice(start, end))) {
    const here = { start: start + each.start, end: start + each.end, line: line + each.number - 1 };
    if (kind === 'code') pieces.push(...cut(text, here));
    else
      for (const sentence of sentencesOf(text, here.start, here.end))
        pieces.push(...cut(text, { ...sentence, line: here.line }));
  }
  return pieces.filter((piece) => piece.end > piece.start);
}

function* cut(text: string, { start, end, line }: Span): Generator<Span> {
  let from = start;
  while (end - from > most) {
    const space = text.slice(from + wanted, from + most).lastIndexOf(' ');
    let to = from + wanted + Math.max(space, 0);
    if (isLowSurrogate(text, to)) to--;
    yield { start: from, end: to, line };
    from = text[to] === ' ' ? to + 1 : to;
  }
  yield { start: from, end, line };
}

function trim(text: string, { start, end, line }: Span): Span {
  let first = start;
  while (first < end && (text[first] === ' ' || text[first] === '\t')) first++;
  return { start: first, end, line };
}

function isLowSurrogate(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff;
}
