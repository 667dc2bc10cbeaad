import { type Block, type Found, makeBlock } from './block.ts';
import { cellLimit, mostColumns, softLimit, tableLimit } from './limits.ts';
import { interruptsParagraph, isBlank, lineAt } from './lineKinds.ts';
import { readParagraph } from './readParagraph.ts';
import { cellsOf, type TableHead } from './tableHead.ts';

/** Whether a table is too wide to be made: it is shown as it is written. */
export const isTooWide = (head: TableHead): boolean =>
  head.count > mostColumns || head.text.length > tableLimit;

/** Reads a table up to its end, or to the size of one piece. `columns`: it goes on from a piece before. */
export function readTable(
  source: string,
  start: number,
  head: TableHead,
  columns: readonly number[] | null,
): Found {
  const body = columns ? start : start + head.text.length;
  const mostRows = Math.max(4, Math.floor(cellLimit / head.count));
  const make = (end: number, widths: readonly number[] | null) =>
    columns
      ? makeBlock('markdown', source, start, end, {
          text: head.text + source.slice(start, end),
          joins: 'below',
          columns,
        })
      : makeBlock('markdown', source, start, end, { columns: widths });
  let at = body;
  for (let rows = 0; at < source.length; rows++) {
    const line = lineAt(source, at);
    if (isBlank(line.text) || (at > start && interruptsParagraph(line.text))) {
      return { block: make(at, null), next: { kind: 'start' }, certain: line.complete };
    }
    if (line.text.length > softLimit) return beforeLongRow(source, start, at, make);
    if (rows > 0 && (rows >= mostRows || line.next - start > tableLimit)) {
      const widths = columns ?? widthsOf(source.slice(start, at), head.count);
      return {
        block: make(at, widths),
        next: { kind: 'table', head: head.text, columns: widths },
        certain: line.complete,
      };
    }
    at = line.next;
  }
  return { block: make(source.length, null), next: { kind: 'start' }, certain: false };
}

// A row as long as that is no row: it is read as a paragraph, which can be cut.
function beforeLongRow(
  source: string,
  start: number,
  at: number,
  make: (end: number, widths: readonly number[] | null) => Block,
): Found {
  if (at === start) return readParagraph(source, start, 'below', true);
  return { block: make(at, null), next: { kind: 'paragraph', joins: 'below', inLine: true }, certain: true };
}

const narrowest = 4;
const widest = 36;

// The first piece is like the others: its longest words tell how much room each column needs.
function widthsOf(text: string, count: number): readonly number[] {
  const needs = Array.from({ length: count }, () => narrowest);
  for (const line of text.split('\n')) {
    for (const [column, cell] of cellsOf(line).slice(0, count).entries()) {
      needs[column] = Math.max(needs[column] ?? 0, Math.min(cell.trim().length, widest));
    }
  }
  const all = needs.reduce((sum, need) => sum + need, 0);
  return needs.map((need) => Math.round((need / all) * 1000) / 10);
}
