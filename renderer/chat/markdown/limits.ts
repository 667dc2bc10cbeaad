/** Characters after which a block of Markdown is cut at the next good place, so that no single parse takes long. */
export const softLimit = 2400;
/** The same for a table, whose many cells cost most; and how many cells one piece of it holds. */
export const tableLimit = 1500;
export const cellLimit = 240;
/** Columns beyond which a table is shown as it is written: every row is padded to all of them. */
export const mostColumns = 40;
/** Lines, and items of a list, after which a block is cut: short ones cost as much as long ones. */
export const lineLimit = 100;
export const itemLimit = 60;
/** Characters and lines after which a block is cut at any place and shown as plain text. */
export const hardLimit = 8000;
export const hardLines = 400;
/** Characters of code in one piece. */
export const codeLimit = 12_000;
/** Characters that one row of the message list holds; short lines and small blocks count as they cost. */
export const partLimit = 3000;
/** Characters of one paragraph that stay in one row, where its pieces read as one. */
export const flowLimit = 4800;
/** Blocks of one answer; what comes after them is shown as plain text. */
export const mostBlocks = 20_000;
/** Link definitions that one block is given, and their characters. */
export const mostDefinitions = 60;
export const definitionsLimit = 4000;

const deepestContainers = 24;
const deepestIndent = 60;
const mostMarks = 700;
const mostCells = 3000;
const costlyMarks: ReadonlySet<string> = new Set('[]*_`<~&');

/** Whether a block is built to be slow or to overflow a parser's stack: too deep, or made of marks. */
export function isHostile(text: string): boolean {
  let marks = 0;
  for (const character of text) if (costlyMarks.has(character)) marks++;
  if (marks > mostMarks) return true;
  const lines = text.split('\n');
  for (const line of lines) {
    if (isTableRuleOf(line) && (line.match(/\|/g)?.length ?? 0) * lines.length > mostCells) return true;
    const start = /^[ \t>\-+*0-9.)]*/.exec(line)?.[0] ?? '';
    if (start.length < deepestContainers) continue;
    const containers = start.match(/>|[-+*](?=[ \t])|\d[.)](?=[ \t])/g)?.length ?? 0;
    if (containers > deepestContainers) return true;
    if ((/^[ \t]*/.exec(line)?.[0].length ?? 0) > deepestIndent && /[-+*>]|\d[.)]/.test(start)) return true;
  }
  return false;
}

// Also inside a list or a quote. Each row of a table is padded to as many cells as the head has.
const isTableRuleOf = (line: string): boolean => line.includes('|-') && /^[ \t>\-+*0-9.):|]*$/.test(line);

/** The same for a line whose letters change direction all the time, each of which is laid out on its own. */
export const restlessLimit = 400;
const mostTurns = 200;

/** Whether letters from the left and from the right alternate, far beyond what two languages in one text do. */
export function isRestless(text: string): boolean {
  const turns = text.match(
    /[\u0590-\u08ff\ufb1d-\ufeff](?=[A-Za-z0-9])|[A-Za-z0-9](?=[\u0590-\u08ff\ufb1d-\ufeff])/g,
  );
  return turns !== null && turns.length > mostTurns;
}

/** Cuts heaps of combining marks, which take very long to draw, to the 30 that Unicode's stream-safe form allows, and says so. */
export function withoutHeaps(text: string): string {
  return text.replace(
    /(\p{M}{30})(\p{M}+)/gu,
    (_, kept: string, rest: string) => `${kept} [${rest.length} more marks] `,
  );
}
