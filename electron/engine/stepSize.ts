/** How much of a prompt is read at once, told by the steps before. */
export interface StepSize {
  /** Tokens of the next step. */
  readonly count: number;
  /** What a step took, ms. */
  took(count: number, ms: number): void;
}

/** How much an older step counts for each newer one. */
const fading = 0.85;
/** A step grows so many times at most: what was seen of small ones tells little of large ones. */
const growth = 3;

/**
 * Sizes steps so that each takes about `step` ms. A busy machine lets every step wait, however small; what is only
 * waiting must not make them smaller, or all of the time would be spent on it: such a step works as long as it waits.
 */
export function createStepSize(step: number, first: number, most: number): StepSize {
  let size = first;
  let seen = { steps: 0, tokens: 0, ms: 0, squares: 0, products: 0 };
  const add = (tokens: number, ms: number) => {
    seen = {
      steps: seen.steps * fading + 1,
      tokens: seen.tokens * fading + tokens,
      ms: seen.ms * fading + ms,
      squares: seen.squares * fading + tokens * tokens,
      products: seen.products * fading + tokens * ms,
    };
  };
  /** A line through what was seen: ms that each step waits, and ms that each of its tokens takes. Null: steps of nearly one size tell neither. */
  const line = () => {
    const tokens = seen.tokens / seen.steps;
    const ms = seen.ms / seen.steps;
    const spread = seen.squares / seen.steps - tokens * tokens;
    if (spread < 0.02 * tokens * tokens) return null;
    const whole = ms / tokens;
    const slope = (seen.products / seen.steps - tokens * ms) / spread;
    const each = Math.min(Math.max(slope, whole / 20), whole);
    return { wait: ms - each * tokens, each };
  };
  const next = (count: number, ms: number) => {
    const found = line();
    // Too slow, and nobody knows why: a step of another size will tell. After the very first that is a smaller one.
    if (!found) return ms > 2 * step && seen.steps > 1 ? count * 2 : (count * step) / ms;
    return Math.max(step - found.wait, Math.min(found.wait, step)) / found.each;
  };

  return {
    get count() {
      return Math.max(1, Math.min(Math.floor(size), most));
    },
    took(count, ms) {
      add(count, Math.max(ms, 0.1));
      size = Math.min(count * growth, next(count, Math.max(ms, 0.1)));
    },
  };
}
