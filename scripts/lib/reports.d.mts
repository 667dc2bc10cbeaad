/** Counts of one runner; `skips` are lines for a person. */
export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
  skips: string[];
}

/** Reads vitest's JSON report. A file that could not even be loaded counts as one failure. */
export function readVitest(file: string): Counts;
/** Reads Playwright's JSON report. */
export function readPlaywright(file: string): Counts;
