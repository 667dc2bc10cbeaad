// `npm test`: installs what is missing, then runs everything. Its last line adds up what the runners reported.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { installBrowser } from './lib/browser.mjs';
import { ownNode, root } from './lib/paths.mjs';
import { build, checkNode, install } from './lib/prepare.mjs';
import { readPlaywright, readVitest } from './lib/reports.mjs';
import { run } from './lib/run.mjs';

checkNode();
const results = join(root, 'test-results');
const total = { passed: 0, failed: 0, skipped: 0, skips: [] };

if (await step('packages', install)) {
  const built = await step('build', build);
  const browser = await step('browser', installBrowser);
  const { check } = await import('./check.mjs');
  add(await check());
  await runVitest();
  if (built && browser) await runPlaywright();
}

for (const skip of total.skips) console.log(`skipped: ${skip}`);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;

function add({ passed = 0, failed = 0, skipped = 0, skips = [] }) {
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
  total.skips.push(...skips);
}

/** Something the tests need: counted only when it fails. */
async function step(name, work) {
  const ok = await work();
  if (ok) return true;
  console.error(`FAILED ${name}`);
  add({ failed: 1 });
  return false;
}

async function runVitest() {
  const file = join(results, 'vitest.json');
  rmSync(file, { force: true });
  const cli = join(root, 'node_modules/vitest/vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  // Layers ran as a step of the check.
  const { code } = await run(ownNode(), [cli, 'run', ...reporters, '--exclude=test/layers.test.ts'], {
    show: true,
  });
  addRun('vitest', code, readVitest(file));
}

/** Two runs: what measures how long the page is busy gets the machine to itself. */
async function runPlaywright() {
  await runSpecs('--grep-invert=@alone');
  await runSpecs('--grep=@alone', '--workers=1');
}

async function runSpecs(...which) {
  // Where the file goes is said in playwright.config.ts.
  const file = join(results, 'playwright.json');
  rmSync(file, { force: true });
  const cli = join(root, 'node_modules/@playwright/test/cli.js');
  const { code } = await run(ownNode(), [cli, 'test', ...which], { show: true });
  addRun('playwright', code, readPlaywright(file));
}

/** A runner that fails without a failed test (an error outside of them, a crash, no report) counts as one failure. */
function addRun(name, code, counts) {
  add(counts);
  const silent = counts.failed === 0 && (code !== 0 || counts.passed === 0);
  if (!silent) return;
  console.error(`FAILED ${name}: it ended with ${code} and reported ${counts.passed} passed tests`);
  add({ failed: 1 });
}
