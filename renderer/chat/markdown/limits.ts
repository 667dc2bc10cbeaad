/** Characters after which a block of Markdown is cut at the next good place, so that no single parse takes long. */
export const softLimit = 2400;
/** The same for a table, whose many cells cost most. */
export const tableLimit = 1500;
/** Characters after which a block is cut at any place and shown as plain text. */
export const hardLimit = 8000;
/** Characters of code in one piece. */
export const codeLimit = 12_000;
/** Characters of blocks that one row of the message list holds. */
export const partLimit = 3000;

const deepestContainers = 24;
const deepestIndent = 60;
const mostMarks = 700;
const costlyMarks: ReadonlySet<string> = new Set('[]*_`<~&');

/** Whether a block is built to be slow or to overflow a parser's stack: too deep, or made of marks. */
export function isHostile(text: string): boolean {
  let marks = 0;
  for (const character of text) if (costlyMarks.has(character)) marks++;
  if (marks > mostMarks) return true;
  for (const line of text.split('\n')) {
    const start = /^[ \t>\-+*0-9.)]*/.exec(line)?.[0] ?? '';
    if (start.length < deepestContainers) continue;
    const containers = start.match(/>|[-+*](?=[ \t])|\d[.)](?=[ \t])/g)?.length ?? 0;
    if (containers > deepestContainers) return true;
    if ((/^[ \t]*/.exec(line)?.[0].length ?? 0) > deepestIndent && /[-+*>]|\d[.)]/.test(start)) return true;
  }
  return false;
}
