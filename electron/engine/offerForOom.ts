import { writeFileSync } from 'node:fs';

/** Tells Linux to end this process first when memory runs out: it owns no data, and the app starts it again. */
export function offerForOom(): void {
  if (process.platform !== 'linux') return;
  try {
    writeFileSync('/proc/self/oom_score_adj', '1000');
  } catch {
    // Not permitted here: the kernel chooses by size, which is most often this process anyway.
  }
}
