import { join } from 'node:path';
import type { Download } from '../../contract/downloads.ts';
import type { Job } from './jobRows.ts';
import { placeOf } from './names.ts';
import { lengthOf } from './ranges.ts';
import type { Live } from './runJob.ts';

/** A job as the windows see it. `speed` in bytes a second. */
export function showJob(job: Job, live: Live, speed: number | null, modelsDir: string): Download {
  const { id, repo, file, state, createdAt, commit, check, problem, note, parts } = job;
  const sizes = parts.map((part) => part.size);
  const size = sizes.every((one) => one !== null) ? sizes.reduce((sum, one) => sum + one, 0) : null;
  const whole = state === 'ready';
  const sum = (count: (n: number) => number | undefined, fallback: (n: number) => number) =>
    parts.reduce(
      (total, part, n) => total + (whole || part.placed ? (part.size ?? 0) : (count(n) ?? fallback(n))),
      0,
    );
  const received = sum(
    (n) => live.received[n],
    (n) => lengthOf(parts[n]?.done ?? []),
  );
  const moving = state === 'downloading' ? speed : null;
  return {
    id,
    repo,
    file,
    state,
    createdAt,
    commit,
    parts: parts.length,
    size,
    received,
    checked: sum(
      (n) => live.checked[n],
      () => 0,
    ),
    speed: moving,
    secondsLeft: moving && size !== null ? (size - received) / moving : null,
    retryAt: live.retryAt,
    check,
    problem,
    note,
    path: whole ? join(modelsDir, ...placeOf(repo, file)) : null,
  };
}
