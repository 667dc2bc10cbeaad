import type { NoteScope } from '../../electron/contract/noteSources.ts';

/** The shown branch of one chat. The lines' content lives in stores of their own, so that a token renders one line. */
export interface Thread {
  readonly id: string;
  readonly state: 'loading' | 'ready' | 'failed';
  readonly problem: string | null;
  /** Keys of the lines, oldest first. */
  readonly order: readonly string[];
  readonly hasEarlier: boolean;
  readonly loadingEarlier: boolean;
  /** An answer is being made by this window. */
  readonly running: boolean;
}

/** The threads of this window, as the parts that work on them see them. */
export interface ThreadTable {
  find(id: string): Thread | undefined;
  put(id: string, patch: Partial<Thread>): void;
}

/** Who is to answer (null: whoever is chosen), and from which notes (null: from none). */
export interface Wish {
  readonly modelId: string | null;
  readonly notes: NoteScope | null;
}

/** A {@link Wish} as calls take it. */
export const inputOf = ({ modelId, notes }: Wish) => ({
  ...(modelId ? { modelId } : {}),
  notes,
});

/** A thread of which nothing is known yet. */
export const emptyThread = (id: string): Thread => ({
  id,
  state: 'loading',
  problem: null,
  order: [],
  hasEarlier: false,
  loadingEarlier: false,
  running: false,
});
