import type { AnswerStats, Message } from '../../contract/conversations.ts';

/** What an answer already says, where it goes on. */
export type SoFar = Pick<Message, 'text' | 'thought' | 'stats'>;

/**
 * Joins what comes to what was there. The model reads the text so far without the white space at its end, which it then
 * writes again: a space as a token of its own leads models astray.
 */
export interface Seam {
  /** The text so far, as the model is to read it. */
  readonly read: string;
  push(text: string): string;
}

/** Makes a {@link Seam}. */
export function createSeam(text: string): Seam {
  const read = text.trimEnd();
  const there = text.slice(read.length);
  let held = '';
  let open = there !== '';
  return {
    read,
    push(piece) {
      if (!open) return piece;
      held += piece;
      const words = held.trimStart();
      if (words === '') return '';
      open = false;
      const space = held.slice(0, held.length - words.length);
      return (space.startsWith(there) ? space.slice(there.length) : '') + words;
    },
  };
}

/** The figures of an answer that was written in two goes: of the first how it began, of the second how it ended. */
export function joinStats(before: AnswerStats | null, now: AnswerStats | null): AnswerStats | null {
  if (!before || !now) return now ?? before;
  return {
    ...before,
    generatedTokens: before.generatedTokens + now.generatedTokens,
    generationTokensPerSecond: now.generationTokensPerSecond ?? before.generationTokensPerSecond,
    contextUsed: now.contextUsed,
    contextSize: now.contextSize,
    threads: now.threads,
    thought: now.thought ?? before.thought,
  };
}
