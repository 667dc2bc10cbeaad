// `npm run check`: types, lint, format and layers in one word; one line per step.
import { pathToFileURL } from 'node:url';
import { ownNode } from './lib/paths.mjs';
import { run } from './lib/run.mjs';

const tsc = 'node_modules/typescript/bin/tsc';
const steps = [
  { name: 'types of the Node side', args: [tsc, '-p', '.'] },
  { name: 'types of the window', args: [tsc, '-p', 'renderer'] },
  { name: 'types of the boundary', args: [tsc, '-p', 'electron/contract'] },
  { name: 'types of what drives a browser', args: [tsc, '-p', 'test/e2e'] },
  {
    name: 'lint and format',
    args: ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.'],
  },
  { name: 'layers', args: ['node_modules/vitest/vitest.mjs', 'run', 'test/layers.test.ts'] },
];

/** Runs every step and answers how many passed and failed; output is shown for a failed step only. */
export async function check() {
  const counts = { passed: 0, failed: 0 };
  for (const { name, args } of steps) {
    const start = performance.now();
    const { code, output } = await run(ownNode() ?? process.execPath, args);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    console.error(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
    if (code !== 0) console.error(output);
    counts[code === 0 ? 'passed' : 'failed']++;
  }
  return counts;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { failed } = await check();
  process.exitCode = failed === 0 ? 0 : 1;
}
