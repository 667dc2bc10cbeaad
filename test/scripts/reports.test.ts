import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readPlaywright, readVitest } from '../../scripts/lib/reports.mjs';
import { makeDir, removeDir } from '../hosts/browser/startHost.ts';

const root = join(import.meta.dirname, '../..');
const dir = makeDir();
afterAll(() => removeDir(dir));

/** Runs a real runner on these files, whatever its exit code, and gives back its report. */
function report(name: string, files: Record<string, string>, cli: string, args: readonly string[]): string {
  const folder = join(dir, name);
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  const file = join(folder, 'report.json');
  const env = {
    ...process.env,
    PLAYWRIGHT_JSON_OUTPUT_NAME: file,
    VITEST: '',
    NODE_PATH: join(root, 'node_modules'),
  };
  try {
    execFileSync(process.execPath, [join(root, 'node_modules', cli), ...args], {
      cwd: folder,
      env,
      stdio: 'pipe',
    });
  } catch {
    // Failed tests are what is counted here.
  }
  return file;
}

describe('the sum of all tests', () => {
  it('is read from what vitest reports, a file that cannot be loaded included', () => {
    const vitest = JSON.stringify(join(root, 'node_modules/vitest/dist/index.js'));
    const files = {
      'a.test.mjs': `import { it } from ${vitest};
        it('one', () => {}); it('two', () => {}); it('breaks', () => { throw new Error('x'); });
        it.skip('left out', () => {}); it('also left out', (context) => context.skip('no disk here'));`,
      'b.test.mjs': `import './nothing.mjs';`,
    };
    const file = report('vitest', files, 'vitest/vitest.mjs', [
      'run',
      '--root=.',
      '--reporter=json',
      '--outputFile=report.json',
    ]);
    const counts = readVitest(file);
    expect(counts).toMatchObject({ passed: 2, failed: 2, skipped: 2 });
    expect(counts.skips).toEqual([expect.stringMatching(/left out/), expect.stringMatching(/also left out/)]);
  });

  it('is read from what Playwright reports, with the reasons of skipped tests', () => {
    const playwright = JSON.stringify(join(root, 'node_modules/@playwright/test/index.mjs'));
    const files = {
      'a.spec.mjs': `import { test } from ${playwright};
        test('one', () => {}); test('breaks', () => { throw new Error('x'); });
        test.describe('some', () => { test('left out', () => { test.skip(true, 'no binary here'); }); });`,
    };
    const counts = readPlaywright(
      report('playwright', files, '@playwright/test/cli.js', ['test', '--reporter=json']),
    );
    expect(counts).toMatchObject({ passed: 1, failed: 1, skipped: 1 });
    expect(counts.skips).toEqual([expect.stringMatching(/left out \(no binary here\)/)]);
  });

  it('is nothing where there is no report', () => {
    expect(readVitest(join(dir, 'none.json'))).toEqual({ passed: 0, failed: 0, skipped: 0, skips: [] });
    expect(readPlaywright(join(dir, 'none.json'))).toEqual({ passed: 0, failed: 0, skipped: 0, skips: [] });
  });
});
