import type { Text } from '@codemirror/state';

/** A heading of a note; `from` is where its line begins. */
export interface NoteHeading {
  readonly level: number;
  readonly text: string;
  readonly from: number;
}

/** Headings beyond this many are not listed. */
const mostHeadings = 10_000;

/** The headings of a text, as they stand; not those inside of code. */
export function headingsOf(doc: Text): readonly NoteHeading[] {
  const found: NoteHeading[] = [];
  let fence = '';
  let from = 0;
  for (const line of doc.iterLines()) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence) {
      if (mark?.startsWith(fence) && /^ {0,3}[`~]+\s*$/.test(line)) fence = '';
    } else if (mark) {
      fence = mark;
    } else {
      const heading = /^ {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$/.exec(line.slice(0, 500));
      if (heading?.[1] && heading[2]) found.push({ level: heading[1].length, text: heading[2], from });
      if (found.length >= mostHeadings) break;
    }
    from += line.length + 1;
  }
  return found;
}
