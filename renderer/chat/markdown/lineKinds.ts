/** One line of a text: where it ends, where the next one starts, and whether its line break has arrived. */
export interface Line {
  readonly text: string;
  readonly next: number;
  readonly complete: boolean;
}

/** Reads the line that starts at `at`. */
export function lineAt(source: string, at: number): Line {
  const end = source.indexOf('\n', at);
  if (end < 0) return { text: source.slice(at), next: source.length, complete: false };
  const stop = end > at && source.charCodeAt(end - 1) === 13 ? end - 1 : end;
  return { text: source.slice(at, stop), next: end + 1, complete: true };
}

export const isBlank = (line: string): boolean => /^[ \t]*$/.test(line);

/** Columns of white space before the first character; a tab counts as four. */
export function indentOf(line: string): number {
  let columns = 0;
  for (let i = 0; i < line.length; i++) {
    if (line[i] === ' ') columns++;
    else if (line[i] === '\t') columns += 4;
    else break;
  }
  return columns;
}

/** How a code fence was opened. */
export interface Fence {
  readonly mark: string;
  readonly size: number;
  readonly indent: number;
  readonly lang: string;
}

/** Reads the opening line of a code fence; null if it is none. */
export function openingFence(line: string): Fence | null {
  const found = /^( {0,3})(`{3,}|~{3,})[ \t]*(.*)$/.exec(line);
  if (!found) return null;
  const [, indent = '', marks = '', info = ''] = found;
  if (marks[0] === '`' && info.includes('`')) return null;
  return {
    mark: marks[0] ?? '`',
    size: marks.length,
    indent: indent.length,
    lang: info.trim().split(/\s/)[0] ?? '',
  };
}

/** Whether a line closes the fence. */
export function closesFence(line: string, fence: Fence): boolean {
  const found = /^ {0,3}(`{3,}|~{3,})[ \t]*$/.exec(line);
  const marks = found?.[1];
  return marks !== undefined && marks[0] === fence.mark && marks.length >= fence.size;
}

/** Reads a list marker at the top level: which kind of list, its number, and whether words follow. */
export function listMarker(
  line: string,
): { readonly type: string; readonly number: number | null; readonly filled: boolean } | null {
  if (isRule(line)) return null;
  const found = /^ {0,3}(?:([-+*])|(\d{1,9})([.)]))(?:([ \t]+\S)|[ \t]*$)/.exec(line);
  if (!found) return null;
  const [, bullet, number, delimiter, content] = found;
  return {
    type: bullet ?? delimiter ?? '',
    number: number === undefined ? null : Number(number),
    filled: content !== undefined,
  };
}

export const isRule = (line: string): boolean =>
  /^ {0,3}(?:(?:-[ \t]*){3,}|(?:_[ \t]*){3,}|(?:\*[ \t]*){3,})$/.test(line);
export const isHeading = (line: string): boolean => /^ {0,3}#{1,6}(?:[ \t]|$)/.test(line);
export const isQuote = (line: string): boolean => /^ {0,3}>/.test(line);
export const isTableRule = (line: string): boolean =>
  line.includes('-') && /^ {0,3}\|?(?:[ \t]*:?-+:?[ \t]*\|)*[ \t]*:?-+:?[ \t]*\|?[ \t]*$/.test(line);

/** Where an HTML block that starts on this line ends: at a closing mark, or (an empty string) at a blank line. */
export function htmlEnd(line: string): string | null {
  const start = line.trimStart().toLowerCase();
  if (indentOf(line) > 3 || !start.startsWith('<')) return null;
  const raw = /^<(script|pre|style|textarea)(?:[\s>]|$)/.exec(start)?.[1];
  if (raw) return `</${raw}>`;
  if (start.startsWith('<!--')) return '-->';
  if (start.startsWith('<![cdata[')) return ']]>';
  if (start.startsWith('<?')) return '?>';
  return /^<\/?[a-z!]/.test(start) ? '' : null;
}

/** Reads a link reference definition, `[label]: address`; null if the line is none. */
export function definitionLabel(line: string): string | null {
  return /^ {0,3}\[((?:[^[\]\\]|\\.){1,200})\]:[ \t]*\S/.exec(line)?.[1] ?? null;
}

/** Whether the line may end a paragraph and start something else without a blank line between. */
export function interruptsParagraph(line: string): boolean {
  if (isHeading(line) || isQuote(line) || openingFence(line)) return true;
  const marker = listMarker(line);
  return marker?.filled === true && (marker.number === null || marker.number === 1);
}
