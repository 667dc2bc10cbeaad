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

/** What CSV can hold of a value: its table, else the items of a list or the fields of an object; null for a single value. */
export function csvTableOf(value: unknown): JsonTable | null {
  const table = tableOf(value);
  if (table) return table;
  if (Array.isArray(value))
    return value.length === 0 ? null : { columns: ['value'], rows: value.map((item) => [item]) };
  return isRecord(value) && Object.keys(value).length > 0
    ? { columns: Object.keys(value), rows: [Object.values(value)] }
    : null;
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

/** How many cells of a table got an apostrophe in its CSV. */
export const formulasIn = ({ columns, rows }: JsonTable): number =>
  [columns, ...rows].reduce((sum, row) => sum + row.filter(isFormula).length, 0);

/** What spreadsheets compute when they open a file, also in the wide signs of East Asia; plain numbers are none. */
const isFormula = (value: unknown): boolean =>
  typeof value === 'string' &&
  /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/.test(value) &&
  !/^[+-]?\d+([.,]\d+)?$/.test(value);

function csvCell(value: unknown): string {
  const text = cellText(value);
  const safe = isFormula(value) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}
