/** A JSON value as rows: a list of objects is a table, with a column for each of their keys. */
export interface JsonTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Makes a table of a list of objects, or of an object that holds nothing but such a list; null for all else. */
export function tableOf(value: unknown): JsonTable | null {
  if (isRecord(value)) {
    const [only, ...others] = Object.values(value);
    return others.length === 0 && Array.isArray(only) ? tableOf(only) : null;
  }
  if (!Array.isArray(value) || value.length === 0 || !value.every(isRecord)) return null;
  const columns = [...new Set(value.flatMap((row) => Object.keys(row)))];
  if (columns.length === 0) return null;
  return {
    columns,
    rows: value.map((row) => columns.map((column) => (Object.hasOwn(row, column) ? row[column] : undefined))),
  };
}

/** A value as the words of a cell; lists and objects as JSON. */
export function cellText(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Writes a table as CSV (RFC 4180). What a spreadsheet would take for a formula gets an apostrophe before it. */
export function toCsv({ columns, rows }: JsonTable): string {
  const line = (cells: readonly unknown[]) => cells.map(csvCell).join(',');
  return [line(columns), ...rows.map(line)].map((each) => `${each}\r\n`).join('');
}

function csvCell(value: unknown): string {
  const text = cellText(value);
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}
