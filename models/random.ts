/** A seeded stream of random numbers; equal seeds give equal streams on every machine. */
export interface Random {
  /** At least 0, below 1. */
  uniform(): number;
  /** Mean 0, deviation 1, never beyond ±6 (a sum of twelve uniforms: no logarithm whose last bit may differ). */
  normal(): number;
  /** A whole number of at least 0 and below `limit`. */
  below(limit: number): number;
}

/** Makes a {@link Random} (mulberry32). */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const uniform = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  return {
    uniform,
    normal() {
      let sum = -6;
      for (let index = 0; index < 12; index++) sum += uniform();
      return sum;
    },
    below: (limit) => Math.floor(uniform() * limit),
  };
}
