import type { Fence } from './lineKinds.ts';

/** How a block goes on from the one before: not at all, below it without a gap, or in its line after a space or none. */
export type Joins = false | 'below' | 'space' | 'letter';

/** One top-level piece of an answer, rendered and memoized on its own. */
export interface Block {
  /** Where it starts in the text: its key. */
  readonly start: number;
  readonly end: number;
  readonly kind: 'markdown' | 'code' | 'plain';
  /** What to render; of code, the lines between the fences. */
  readonly text: string;
  readonly lang: string;
  readonly joins: Joins;
  /** Code whose fence is not closed in this piece. */
  readonly open: boolean;
  /** Shares of the width in percent, where a table is cut: all its pieces have the same columns. */
  readonly columns: readonly number[] | null;
}

/** What the next block starts inside of. */
export type Mode =
  | { readonly kind: 'start' }
  | { readonly kind: 'code'; readonly fence: Fence }
  | { readonly kind: 'list'; readonly type: string; readonly number: number | null }
  | { readonly kind: 'table'; readonly head: string; readonly columns: readonly number[] }
  | { readonly kind: 'quote' }
  | { readonly kind: 'paragraph'; readonly joins: Joins; readonly inLine: boolean }
  | { readonly kind: 'plain' }
  | { readonly kind: 'rest' };

export const startMode: Mode = { kind: 'start' };

/** A block that was found; `certain` when no further text can change where it ends. */
export interface Found {
  readonly block: Block;
  readonly next: Mode;
  readonly certain: boolean;
}

/** Makes a block that shows a piece of the text. */
export function makeBlock(
  kind: Block['kind'],
  source: string,
  start: number,
  end: number,
  rest: Partial<Block> = {},
): Block {
  const text = rest.text ?? source.slice(start, end);
  return { start, end, kind, lang: '', joins: false, open: false, columns: null, ...rest, text };
}

/** Whether two blocks look the same. */
export const sameBlock = (a: Block, b: Block): boolean =>
  a.kind === b.kind &&
  a.text === b.text &&
  a.lang === b.lang &&
  a.joins === b.joins &&
  a.open === b.open &&
  (a.columns === b.columns || String(a.columns) === String(b.columns));
