/** One line of a text: `end` is before its line end, `next` behind it. Offsets in UTF-16 units. */
export interface Line {
  readonly number: number;
  readonly start: number;
  readonly end: number;
  readonly next: number;
}

const newline = 10;
const carriageReturn = 13;

/** The lines of a text, whatever their ends (LF, CRLF, CR); numbers count from 1. */
export function* linesOf(text: string, from = 0): Generator<Line> {
  let number = 1;
  let lf = text.indexOf('\n', from);
  let cr = text.indexOf('\r', from);
  for (let start = from; start < text.length; number++) {
    // Each search goes on where the last hit was: the whole text is passed once.
    if (lf !== -1 && lf < start) lf = text.indexOf('\n', start);
    if (cr !== -1 && cr < start) cr = text.indexOf('\r', start);
    const end = Math.min(lf === -1 ? text.length : lf, cr === -1 ? text.length : cr);
    const isPair = text.charCodeAt(end) === carriageReturn && text.charCodeAt(end + 1) === newline;
    const next = Math.min(text.length, end + (isPair ? 2 : 1));
    yield { number, start, end, next };
    start = next;
  }
}
