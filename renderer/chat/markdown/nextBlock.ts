import { type Block, type Found, type Mode, startMode } from './block.ts';
import { hardLimit, isHostile, softLimit, tableLimit } from './limits.ts';
import {
  htmlEnd,
  indentOf,
  interruptsParagraph,
  isBlank,
  isHeading,
  isRule,
  isTableRule,
  lineAt,
  listMarker,
  openingFence,
} from './lineKinds.ts';
import { readCode } from './readCode.ts';

/** Finds the block that starts at or after `at`; null when only white space is left. */
export function nextBlock(source: string, at: number, mode: Mode): Found | null {
  if (at >= source.length) return null;
  if (mode.kind === 'code') return readCode(source, at, at, mode.fence, true);
  let start = at;
  let blank = false;
  for (;;) {
    if (start >= source.length) return null;
    const line = lineAt(source, start);
    if (!isBlank(line.text)) break;
    blank = true;
    start = line.next;
  }
  const first = lineAt(source, start);
  if (mode.kind === 'list' && listMarker(first.text)?.type === mode.type) {
    return readList(source, start, mode.number);
  }
  if (!blank && mode.kind === 'plain') return readPlain(source, start);
  if (!blank && mode.kind === 'table') return readParagraph(source, start, mode.head);
  if (!blank && mode.kind === 'paragraph') return readParagraph(source, start, '', true);
  return readFresh(source, start);
}

function readFresh(source: string, start: number): Found {
  const line = lineAt(source, start);
  const fence = openingFence(line.text);
  if (fence) return readCode(source, start, line.next, fence, false);
  if (isRule(line.text) || isHeading(line.text)) {
    return { block: markdown(source, start, line.next), next: startMode, certain: line.complete };
  }
  if (indentOf(line.text) >= 4) return readIndented(source, start);
  if (listMarker(line.text)) return readList(source, start, null);
  const end = htmlEnd(line.text);
  if (end) return readHtml(source, start, end);
  return readParagraph(source, start, '');
}

function readIndented(source: string, start: number): Found {
  let at = start;
  let end = start;
  while (at < source.length) {
    const line = lineAt(source, at);
    if (!isBlank(line.text)) {
      if (indentOf(line.text) < 4) return closed(source, start, end, line.complete);
      end = line.next;
      if (end - start > softLimit && line.complete) return closed(source, start, end, true);
    }
    at = line.next;
  }
  return closed(source, start, end, false);
}

function readHtml(source: string, start: number, mark: string): Found {
  let at = start;
  while (at < source.length) {
    const line = lineAt(source, at);
    if (line.text.toLowerCase().includes(mark)) return closed(source, start, line.next, line.complete);
    if (line.next - start > hardLimit) return cutPlain(source, start);
    at = line.next;
  }
  return closed(source, start, source.length, false);
}

function readList(source: string, start: number, ordinal: number | null): Found {
  const first = listMarker(lineAt(source, start).text);
  const type = first?.type ?? '-';
  let number = ordinal ?? first?.number ?? null;
  const from = number;
  let at = start;
  let end = start;
  let blank = false;
  const found = (certain: boolean, next: Mode = startMode): Found => {
    const block = markdown(source, start, end, ordinal !== null || next !== startMode ? from : null);
    return { block: { ...block, joins: ordinal !== null }, next, certain };
  };
  while (at < source.length) {
    const line = lineAt(source, at);
    if (isBlank(line.text)) {
      blank = true;
      at = line.next;
      continue;
    }
    const marker = listMarker(line.text);
    const top = indentOf(line.text) < 2;
    if (at > start && marker && top) {
      if (marker.type !== type) return found(line.complete);
      if (number !== null) number++;
      if (end - start > softLimit) return found(line.complete, { kind: 'list', type, number: number ?? 0 });
    } else if (
      top &&
      !marker &&
      (blank || isHeading(line.text) || isRule(line.text) || openingFence(line.text))
    ) {
      if (at > start) return found(line.complete);
    }
    blank = false;
    end = line.next;
    at = line.next;
    if (end - start > hardLimit) return cutPlain(source, start);
  }
  return found(false);
}

// Paragraphs, quotes, tables, simple HTML: everything that ends at a blank line.
function readParagraph(source: string, start: number, head: string, joins = false): Found {
  const first = lineAt(source, start);
  const second = lineAt(source, first.next);
  const isQuoted = /^ {0,3}>/.test(first.text);
  const tableHead =
    head || (first.text.includes('|') && isTableRule(second.text) ? source.slice(start, second.next) : '');
  const limit = tableHead ? tableLimit : softLimit;
  let at = start;
  const make = (end: number): Block => {
    const block = markdown(source, start, end);
    if (head) return { ...block, text: head + block.text, joins: true };
    return joins ? { ...block, joins: true } : block;
  };
  while (at < source.length) {
    const line = lineAt(source, at);
    if (isBlank(line.text)) return { block: make(at), next: startMode, certain: line.complete };
    const quoteGoesOn = isQuoted && /^ {0,3}>/.test(line.text);
    if (at > start && !quoteGoesOn && interruptsParagraph(line.text)) {
      return { block: make(at), next: startMode, certain: line.complete };
    }
    if (line.next - start > limit) {
      if (at > start)
        return { block: make(at), next: continued(tableHead, isQuoted), certain: line.complete };
      if (line.text.length > softLimit) return cutSentence(source, start, make);
    }
    at = line.next;
  }
  return { block: make(source.length), next: startMode, certain: false };
}

const continued = (tableHead: string, isQuoted: boolean): Mode =>
  tableHead ? { kind: 'table', head: tableHead } : isQuoted ? startMode : { kind: 'paragraph' };

// One very long line: cut after a sentence, else after a word, else anywhere.
function cutSentence(source: string, start: number, make: (end: number) => Block): Found {
  const piece = source.slice(start, start + softLimit);
  const sentence = Math.max(piece.lastIndexOf('. '), piece.lastIndexOf('? '), piece.lastIndexOf('! ')) + 2;
  const word = piece.lastIndexOf(' ') + 1;
  const length = sentence > softLimit / 2 ? sentence : word > softLimit / 2 ? word : softLimit;
  return { block: make(start + length), next: { kind: 'paragraph' }, certain: true };
}

function readPlain(source: string, start: number): Found {
  let at = start;
  while (at < source.length && at - start < hardLimit) {
    const line = lineAt(source, at);
    if (isBlank(line.text)) {
      return { block: plain(source, start, at), next: startMode, certain: line.complete };
    }
    at = line.next;
  }
  const end = Math.min(at, start + hardLimit);
  return { block: plain(source, start, end), next: { kind: 'plain' }, certain: end < source.length };
}

function cutPlain(source: string, start: number): Found {
  const end = start + hardLimit;
  return { block: { ...plain(source, start, end), joins: false }, next: { kind: 'plain' }, certain: true };
}

const closed = (source: string, start: number, end: number, certain: boolean): Found => ({
  block: markdown(source, start, end),
  next: startMode,
  certain,
});

function markdown(source: string, start: number, end: number, number: number | null = null): Block {
  let text = source.slice(start, end);
  if (number !== null) text = text.replace(/^( {0,3})\d{1,9}/, `$1${number}`);
  // A footnote without its partner in the same block would vanish; show it as it is written.
  if (/^ {0,3}\[\^/.test(text)) text = text.replace(/^( {0,3})\[\^/gm, '$1\\[^');
  const kind = isHostile(text) ? 'plain' : 'markdown';
  return { start, end, kind, text, lang: '', joins: false, open: false };
}

const plain = (source: string, start: number, end: number): Block => ({
  start,
  end,
  kind: 'plain',
  text: source.slice(start, end),
  lang: '',
  joins: true,
  open: false,
});
