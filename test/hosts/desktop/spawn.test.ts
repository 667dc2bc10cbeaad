import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { utilityProcess as electronUtilityProcess } from 'electron';
import { afterAll, describe, expect, it } from 'vitest';
import { createSpawn } from '../../../electron/hosts/desktop/spawn.ts';
import type { Child, ChildExit } from '../../../electron/services/children.ts';
import { askedFor, forget } from '../../fakes/electron/record.ts';
import { utilityProcess } from '../../fakes/electron/utilityProcess.ts';

const folder = mkdtempSync(join(tmpdir(), 'inkling-spawn-'));
afterAll(() => rmSync(folder, { recursive: true }));
const fork = utilityProcess.fork as unknown as typeof electronUtilityProcess.fork;

function start(source: string, heapMb?: number): Child {
  const entry = join(folder, 'helper.mjs');
  writeFileSync(entry, source);
  return createSpawn(fork, () => heapMb)(entry);
}
const exitOf = (child: Child) => new Promise<ChildExit>((resolve) => child.onExit(resolve));
const firstFrame = (child: Child) => new Promise<unknown>((resolve) => child.port.onFrame(resolve));

describe('a helper process in Electron', () => {
  it('exchanges frames, and its port closes with it', async () => {
    const child = start(
      'process.parentPort.on("message", ({ data }) => process.parentPort.postMessage([data]));',
    );
    expect(child.pid).toBeGreaterThan(0);
    void child.port.post({ hello: 1 });
    expect(await firstFrame(child)).toEqual([{ hello: 1 }]);
    const closed = new Promise<void>((resolve) => child.port.onClose(resolve));
    child.kill();
    await closed;
    await exitOf(child);
    expect(() => child.port.post({ late: true })).not.toThrow();
    child.kill();
  });

  it('tells its code and its last words when it ends, also to those who ask late', async () => {
    const child = start('process.stderr.write("x".repeat(9000) + "the last words", () => process.exit(7));');
    const exit = await exitOf(child);
    expect(exit.code).toBe(7);
    expect(exit.stderr).toHaveLength(4096);
    expect(exit.stderr).toMatch(/the last words$/);
    expect(await exitOf(child)).toEqual(exit);
  });

  it('can be killed even if it does not listen', async () => {
    const child = start('process.on("SIGTERM", () => {}); process.parentPort.postMessage("up"); for (;;);');
    const ended = exitOf(child);
    expect(await firstFrame(child)).toBe('up');
    child.kill();
    await ended;
  });

  it('may be limited in its heap, and has a name the system shows', async () => {
    forget();
    const child = start(
      'import v8 from "node:v8"; process.parentPort.postMessage(v8.getHeapStatistics().heap_size_limit);',
      64,
    );
    expect(await firstFrame(child)).toBeLessThan(300 * 2 ** 20);
    expect(askedFor('utilityProcess.fork')[0]?.[2]).toMatchObject({
      serviceName: 'Inkling helper',
      stdio: ['ignore', 'pipe', 'pipe'],
      execArgv: ['--js-flags=--max-old-space-size=64'],
    });
    child.kill();
    await exitOf(child);
  });
});
