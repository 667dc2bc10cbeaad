import { RangeSet, RangeSetBuilder, RangeValue, StateEffect, StateField, type Text } from '@codemirror/state';

export type LineEnd = '\n' | '\r\n' | '\r';

/** A line end that differs from most of its file. It stands on the break after a line. */
class OtherEnd extends RangeValue {
  readonly end: LineEnd;
  // What is typed before or after the break is no part of it.
  override startSide = 1;
  override endSide = -1;
  constructor(end: LineEnd) {
    super();
    this.end = end;
  }
  override eq(other: OtherEnd) {
    return other.end === this.end;
  }
}

/** How the lines of a file end: most of them, and those that differ. */
export interface LineEnds {
  readonly usual: LineEnd;
  readonly others: RangeSet<OtherEnd>;
}

export const allPlain: LineEnds = { usual: '\n', others: RangeSet.empty };

/** Takes a text apart: its lines with `\n` alone, as the editor counts, and how they really end. */
export function splitEnds(text: string): { readonly text: string; readonly ends: LineEnds } {
  if (!text.includes('\r')) return { text, ends: allPlain };
  const found = [...text.matchAll(/\r\n?|\n/g)];
  const usual = mostOf(found.map(([end]) => end as LineEnd));
  const others = new RangeSetBuilder<OtherEnd>();
  let shift = 0;
  for (const match of found) {
    const end = match[0] as LineEnd;
    const at = match.index - shift;
    if (end !== usual) others.add(at, at + 1, new OtherEnd(end));
    shift += end.length - 1;
  }
  return { text: text.replace(/\r\n?/g, '\n'), ends: { usual, others: others.finish() } };
}

/** Puts a text together again, byte for byte where nobody edited it. */
export function joinEnds(doc: Text, ends: LineEnds): string {
  if (ends.others.size === 0) return doc.sliceString(0, doc.length, ends.usual);
  const pieces: string[] = [];
  let from = 0;
  ends.others.between(0, doc.length, (at, to, value) => {
    // A break that was edited away may leave its mark behind on other text.
    if (to !== at + 1 || doc.sliceString(at, to) !== '\n') return;
    pieces.push(doc.sliceString(from, at, ends.usual), value.end);
    from = to;
  });
  pieces.push(doc.sliceString(from, doc.length, ends.usual));
  return pieces.join('');
}

/** Where an offset of the file's text lies in the editor, which counts each line end as one. */
export const toEditor = (text: string, offset: number): number =>
  text.slice(0, offset).replace(/\r\n/g, '\n').length;

/** Replaces how the lines end: the file was read again. */
export const setLineEnds = StateEffect.define<LineEnds>();

/** Remembers how the lines end while they are edited. */
export const lineEnds = StateField.define<LineEnds>({
  create: () => allPlain,
  update(ends, transaction) {
    let now = ends;
    if (transaction.docChanged && ends.others.size > 0)
      now = { ...ends, others: ends.others.map(transaction.changes) };
    for (const effect of transaction.effects) if (effect.is(setLineEnds)) now = effect.value;
    return now;
  },
});

function mostOf(ends: readonly LineEnd[]): LineEnd {
  const count = (end: LineEnd) => ends.reduce((sum, each) => sum + (each === end ? 1 : 0), 0);
  const [crlf, lf, cr] = [count('\r\n'), count('\n'), count('\r')];
  if (crlf >= lf && crlf >= cr) return '\r\n';
  return lf >= cr ? '\n' : '\r';
}
