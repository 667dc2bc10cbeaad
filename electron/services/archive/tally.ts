/** Counts things by their names. */
export interface Tally {
  add(what: string, count?: number): void;
  list(): { what: string; count: number }[];
}

/** Beyond so many names, the rest is one. */
const mostNames = 50;

/** Makes an empty {@link Tally}. */
export function createTally(): Tally {
  const counts = new Map<string, number>();
  return {
    add(what, count = 1) {
      const name = counts.has(what) || counts.size < mostNames ? what : 'other things';
      counts.set(name, (counts.get(name) ?? 0) + count);
    },
    list: () => [...counts].map(([what, count]) => ({ what, count })),
  };
}
