import type { Fence } from './lineKinds.ts';

/** One top-level piece of an answer, rendered and memoized on its own. */
export interface Block {
  /** Where it starts in the text: its key. */
  readonly start: number;
  readonly end: number;
  readonly kind: 'markdown' | 'code' | 'plain';
  /** What to render; of code, the lines between the fences. */
  readonly text: string;
  readonly lang: string;
  /** It goes on from the block before, without a gap. */
  readonly joins: boolean;
  /** Code whose fence is not closed in this piece. */
  readonly open: boolean;
}

/** What the next block starts inside of. */
export type Mode =
  | { readonly kind: 'start' }
  | { readonly kind: 'code'; readonly fence: Fence }
  | { readonly kind: 'list'; readonly type: string; readonly number: number | null }
  | { readonly kind: 'table'; readonly head: string }
  | { readonly kind: 'paragraph' }
  | { readonly kind: 'plain' };

export const startMode: Mode = { kind: 'start' };

/** A block that was found; `certain` when no further text can change where it ends. */
export interface Found {
  readonly block: Block;
  readonly next: Mode;
  readonly certain: boolean;
}
