import type { Token } from 'node-llama-cpp';
import type { ThoughtStats } from '../../contract/conversations.ts';

/** Follows the thought of one answer: counts it, and says when it has to end. */
export interface ThoughtWatch {
  /** The tokens to go on with in place of the one that came, because the thought has to end here; null otherwise. */
  due(thinking: boolean): readonly Token[] | null;
  /** Told of each token that was taken, and whether it was part of a thought. */
  took(thinking: boolean, now: number): void;
  stats(): ThoughtStats | null;
}

/** Makes a {@link ThoughtWatch}; `end` is what ends a thought, empty where the model knows no such text. */
export function watchThought(options: {
  readonly end: readonly Token[];
  readonly budget: number | null;
  /** Aborted when somebody wants the answer now. */
  readonly hurry: AbortSignal;
}): ThoughtWatch {
  const { end, budget, hurry } = options;
  let tokens = 0;
  let ms = 0;
  let since: number | null = null;
  let endedBy: ThoughtStats['endedBy'] = 'model';
  return {
    due(thinking) {
      if (!thinking || end.length === 0) return null;
      if (hurry.aborted) endedBy = 'person';
      else if (budget !== null && tokens >= budget) endedBy = 'budget';
      else return null;
      return end;
    },
    took(thinking, now) {
      if (since !== null) ms += now - since;
      since = thinking ? now : null;
      if (thinking) tokens++;
    },
    stats: () => (tokens === 0 ? null : { ms, tokens, endedBy }),
  };
}
