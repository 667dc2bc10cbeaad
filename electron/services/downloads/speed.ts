/** The stretch of time over which speed is measured, and the least of it, in ms. */
const span = { longest: 5000, least: 500 } as const;

/** How fast a number grows. */
export interface Speed {
  note(total: number): void;
  /** Bytes a second; null while too little is known. */
  value(): number | null;
}

/** Measures over the last five seconds. */
export function createSpeed(now: () => number = Date.now): Speed {
  let samples: { at: number; total: number }[] = [];
  return {
    note(total) {
      const at = now();
      const last = samples.at(-1);
      if (last && at - last.at < 100) last.total = total;
      else samples.push({ at, total });
      samples = samples.filter((sample) => at - sample.at <= span.longest);
    },
    value() {
      const [first] = samples;
      const last = samples.at(-1);
      if (!first || !last || now() - first.at < span.least || now() - last.at > span.longest) return null;
      return ((last.total - first.total) / (now() - first.at)) * 1000;
    },
  };
}
