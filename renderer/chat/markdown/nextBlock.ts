import { type Found, type Mode, startMode } from './block.ts';
import { hardLimit, hardLines, itemLimit, lineLimit, softLimit } from './limits.ts';
import {
  htmlEnd,
  indentOf,
  interruptsParagraph,
  isBlank,
  isHeading,
  isQuote,
  isRule,
  lineAt,
  listMarker,
  openingFence,
} from './lineKinds.ts';
import { makeMarkdown } from './makeMarkdown.ts';
import { readCode } from './readCode.ts';
import { readParagraph } from './readParagraph.ts';
import { cutPlain, readPlain, readRest } from './readPlain.ts';
import { isTooWide, readTable } from './readTable.ts';
import { tableHead } from './tableHead.ts';

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
  if (mode.kind === 'rest') return readRest(source, at);
  return goOn(source, start, blank, mode) ?? readFresh(source, start);
}

// What goes on from a block that was cut; null where something new starts.
function goOn(source: string, start: number, blank: boolean, mode: Mode): Found | null {
  const { text } = lineAt(source, start);
  if (mode.kind === 'list' && listMarker(text)?.type === mode.type) {
    return readList(source, start, mode.number);
  }
  if (blank) return null;
  switch (mode.kind) {
    case 'plain':
      return readPlain(source, start, source[start - 1] === '\n' ? 'below' : 'letter');
    case 'table': {
      const head = tableHead(mode.head, 0);
      return head && !interruptsParagraph(text) ? readTable(source, start, head, mode.columns) : null;
    }
    case 'quote':
      return isQuote(text) ? readParagraph(source, start, 'below') : null;
    case 'paragraph':
      if (!mode.inLine && interruptsParagraph(text)) return null;
      return readParagraph(source, start, mode.joins, mode.inLine);
    default:
      return null;
  }
}

function readFresh(source: string, start: number): Found {
  const line = lineAt(source, start);
  const fence = openingFence(line.text);
  if (fence) return readCode(source, start, line.next, fence, false);
  const long = line.text.length > softLimit;
  if (long && (isHeading(line.text) || isRule(line.text))) return readPlain(source, start, false);
  if (isRule(line.text) || isHeading(line.text)) {
    return { block: makeMarkdown(source, start, line.next), next: startMode, certain: line.complete };
  }
  if (indentOf(line.text) >= 4) return readIndented(source, start);
  if (listMarker(line.text)) return readList(source, start, null);
  const end = htmlEnd(line.text);
  if (end) return readHtml(source, start, end);
  const head = tableHead(source, start);
  if (head) return isTooWide(head) ? readPlain(source, start, false) : readTable(source, start, head, null);
  return readParagraph(source, start);
}

function readIndented(source: string, start: number): Found {
  let at = start;
  let end = start;
  for (let lines = 0; at < source.length; lines++) {
    const line = lineAt(source, at);
    if (!isBlank(line.text)) {
      if (indentOf(line.text) < 4) return closed(source, start, end, line.complete);
      if (line.next - start > hardLimit) return cutPlain(source, start, Math.max(end, start + hardLimit));
      end = line.next;
      if ((end - start > softLimit || lines > lineLimit) && line.complete)
        return closed(source, start, end, true);
    }
    at = line.next;
  }
  return closed(source, start, end, false);
}

function readHtml(source: string, start: number, mark: string): Found {
  let at = start;
  for (let lines = 0; at < source.length; lines++) {
    const line = lineAt(source, at);
    if (line.text.length < hardLimit && line.text.toLowerCase().includes(mark)) {
      return closed(source, start, line.next, line.complete);
    }
    if (line.next - start > hardLimit) return cutPlain(source, start, start + hardLimit);
    if (lines > hardLines) return cutPlain(source, start, at);
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
    const block = makeMarkdown(source, start, end, ordinal !== null || next !== startMode ? from : null);
    return { block: { ...block, joins: ordinal !== null && 'below' }, next, certain };
  };
  let items = 0;
  for (let lines = 0; at < source.length; lines++) {
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
      items++;
      if (end - start > softLimit || items >= itemLimit || lines >= lineLimit)
        return found(line.complete, { kind: 'list', type, number: number ?? 0 });
    } else if (
      top &&
      !marker &&
      (blank || isHeading(line.text) || isRule(line.text) || openingFence(line.text))
    ) {
      if (at > start) return found(line.complete);
    }
    if (line.next - start > hardLimit) return cutPlain(source, start, start + hardLimit);
    if (lines > hardLines) return cutPlain(source, start, at);
    blank = false;
    end = line.next;
    at = line.next;
  }
  return found(false);
}

const closed = (source: string, start: number, end: number, certain: boolean): Found => ({
  block: makeMarkdown(source, start, end),
  next: startMode,
  certain,
});
