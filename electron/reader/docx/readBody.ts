import { checkLength } from '../limits.ts';
import { parseXml } from './parseXml.ts';

/** A paragraph that is being read. */
interface Paragraph {
  text: string;
  level: number;
  item: boolean;
}
/** A table that is being read: its rows so far, and the cells of the last one. */
interface Table {
  readonly rows: string[][];
  cell: string[];
}

/** What is said elsewhere, or no more: fallbacks of drawings, deleted text, instructions of fields. */
const skipped = new Set(['Fallback', 'del', 'moveFrom', 'instrText', 'delText']);

/** Reads the paragraphs and tables of a part of a Word document as Markdown. */
export function readBody(bytes: Buffer | undefined, levels: ReadonlyMap<string, number>): string {
  if (!bytes) return '';
  const lines: { text: string; item: boolean }[] = [];
  const paragraphs: Paragraph[] = [];
  const tables: Table[] = [];
  let skipping = 0;
  let inText = false;
  let length = 0;
  const say = (text: string) => {
    const paragraph = paragraphs.at(-1);
    if (!paragraph || skipping > 0) return;
    length += text.length;
    checkLength(length);
    paragraph.text += text;
  };
  const put = (text: string, item = false) => {
    const table = tables.at(-1);
    if (table) table.cell.push(text);
    else lines.push({ text, item });
  };

  parseXml(bytes, {
    open(name, attribute) {
      if (skipped.has(name)) skipping++;
      const paragraph = paragraphs.at(-1);
      switch (name) {
        case 'p':
          paragraphs.push({ text: '', level: 0, item: false });
          break;
        case 'pStyle':
          if (paragraph) paragraph.level = levels.get(attribute('val') ?? '') ?? paragraph.level;
          break;
        case 'outlineLvl': {
          const level = Number(attribute('val')) + 1;
          if (paragraph && level >= 1 && level <= 6) paragraph.level = level;
          break;
        }
        case 'numPr':
          if (paragraph) paragraph.item = true;
          break;
        case 't':
          inText = true;
          break;
        case 'tab':
        case 'ptab':
          say('\t');
          break;
        case 'br':
        case 'cr':
          say('\n');
          break;
        case 'noBreakHyphen':
          say('-');
          break;
        case 'tbl':
          tables.push({ rows: [], cell: [] });
          break;
        case 'tr':
          tables.at(-1)?.rows.push([]);
          break;
        case 'tc': {
          const table = tables.at(-1);
          if (table) table.cell = [];
          break;
        }
      }
    },
    close(name) {
      if (skipped.has(name)) skipping--;
      switch (name) {
        case 't':
          inText = false;
          break;
        case 'p': {
          const paragraph = paragraphs.pop();
          if (paragraph) put(...written(paragraph));
          break;
        }
        case 'tc': {
          const table = tables.at(-1);
          table?.rows.at(-1)?.push(table.cell.join(' ').replace(/\s+/g, ' ').replaceAll('|', '\\|').trim());
          break;
        }
        case 'tbl': {
          const table = tables.pop();
          if (table) put(tables.length > 0 ? table.rows.flat().join(' ') : tableText(table.rows));
          break;
        }
      }
    },
    text(text) {
      if (inText) say(text);
    },
  });
  return join(lines);
}

function written({ text, level, item }: Paragraph): [text: string, item: boolean] {
  const trimmed = text.trim();
  if (trimmed === '') return ['', false];
  // The marks are for whole lines.
  const line = trimmed.replace(/\s*\n\s*/g, '\n');
  if (level > 0) return [`${'#'.repeat(level)} ${line.replaceAll('\n', ' ')}`, false];
  return item ? [`- ${line.replaceAll('\n', ' ')}`, true] : [line, false];
}

function tableText(rows: readonly (readonly string[])[]): string {
  const lines = rows.filter((row) => row.length > 0).map((row) => `| ${row.join(' | ')} |`);
  const [head, ...others] = lines;
  if (head === undefined) return '';
  return [head, `|${' --- |'.repeat(rows.find((row) => row.length > 0)?.length ?? 1)}`, ...others].join('\n');
}

/** Paragraphs are set apart by an empty line, items of a list are not. */
function join(lines: readonly { text: string; item: boolean }[]): string {
  let text = '';
  let wasItem = false;
  for (const line of lines) {
    if (line.text === '') continue;
    if (text !== '') text += wasItem && line.item ? '\n' : '\n\n';
    text += line.text;
    wasItem = line.item;
  }
  return text;
}
