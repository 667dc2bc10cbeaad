// Adds up what the test runners wrote into their own reports.
import { readNote } from './stamps.mjs';

/** Counts of one runner; `skips` are lines for a person. */
const nothing = () => ({ passed: 0, failed: 0, skipped: 0, skips: [] });

/** Reads vitest's JSON report. A file that could not even be loaded counts as one failure. */
export function readVitest(file) {
  const counts = nothing();
  for (const { name, status, assertionResults } of readNote(file).testResults ?? []) {
    if (status === 'failed' && !assertionResults.some((test) => test.status === 'failed')) counts.failed++;
    for (const test of assertionResults) {
      if (test.status === 'passed') counts.passed++;
      else if (test.status === 'failed') counts.failed++;
      else {
        counts.skipped++;
        counts.skips.push(`${test.fullName} (${name})`);
      }
    }
  }
  return counts;
}

/** Reads Playwright's JSON report. */
export function readPlaywright(file) {
  const { stats, suites = [] } = readNote(file);
  if (!stats) return nothing();
  // A test that passed only when it was run again has passed, and is named: somebody should look at it.
  const specs = suites.flatMap(specsOf);
  for (const { title, tests } of specs)
    if (tests.some((test) => test.status === 'flaky'))
      console.error(`passed only at the second try: ${title}`);
  const skips = specs.flatMap((spec) =>
    spec.tests
      .filter((test) => test.status === 'skipped')
      .map((test) => {
        const reason = test.annotations.find(({ type }) => type === 'skip' || type === 'fixme')?.description;
        return `${test.projectName}: ${spec.title}${reason ? ` (${reason})` : ''}`;
      }),
  );
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped, skips };
}

function specsOf(suite) {
  return [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specsOf)];
}
