import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createChildProcesses } from '../../../electron/hosts/browser/childProcess.ts';
import type { SpawnChild } from '../../../electron/services/children.ts';
import { createScanner, scanLanes } from '../../../electron/services/library/scanner.ts';
import { makeDir, removeDir } from '../../hosts/browser/startHost.ts';
import { putModel } from './openLibrary.ts';

const entry = join(import.meta.dirname, '../../../electron/engine/scan/main.ts');

function open() {
  const dir = makeDir();
  const children = createChildProcesses();
  let alive = 0;
  let most = 0;
  const spawn: SpawnChild = (file) => {
    const child = children.spawn(file);
    most = Math.max(most, ++alive);
    child.onExit(() => alive--);
    return child;
  };
  const scanner = createScanner({ spawn, entry });
  onTestFinished(async () => {
    scanner.close();
    await children.killAll();
    removeDir(dir);
  });
  return { dir, scanner, most: () => most };
}

it('reads several headers at the same time, and never with more processes than it has lanes', async () => {
  const { dir, scanner, most } = open();
  const paths = await Promise.all([1, 2, 3, 4, 5, 6].map((n) => putModel(join(dir, `${n}.gguf`), n)));
  const read = await Promise.all(paths.map((path) => scanner.read(path)));
  expect(read.map(({ summary }) => summary.name)).toEqual([1, 2, 3, 4, 5, 6].map((n) => `Model ${n}`));
  expect(most()).toBe(scanLanes);
});

it('goes on with the others while one file is refused', async () => {
  const { dir, scanner } = open();
  const pipe = join(dir, 'pipe.gguf');
  execFileSync('mkfifo', [pipe]);
  const good = await putModel(join(dir, 'good.gguf'), 1);
  const [bad, ...rest] = await Promise.allSettled([
    scanner.read(pipe),
    scanner.read(good),
    scanner.read(good),
  ]);
  expect(bad).toMatchObject({ status: 'rejected', reason: { code: 'model_invalid' } });
  expect(rest.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
});
