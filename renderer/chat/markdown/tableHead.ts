import { isTableRule, lineAt } from './lineKinds.ts';

/** The head of a table: its first two lines, and how many columns it has. */
export interface TableHead {
  readonly text: string;
  readonly count: number;
}

/** Reads the head of a table that starts at `start`; null if none does. */
export function tableHead(source: string, start: number): TableHead | null {
  const first = lineAt(source, start);
  if (!first.text.includes('|')) return null;
  const rule = lineAt(source, first.next);
  if (!isTableRule(rule.text)) return null;
  const count = cellsOf(rule.text).length;
  return count === cellsOf(first.text).length ? { text: source.slice(start, rule.next), count } : null;
}

/** Splits a row at the bars between its cells. */
export function cellsOf(line: string): readonly string[] {
  const cells = line
    .trim()
    .replace(/^\|/, '')
    .split(/(?<!\\)\|/);
  if (cells.length > 1 && cells.at(-1)?.trim() === '') cells.pop();
  return cells;
}
