import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createChildProcesses } from '../../../electron/hosts/browser/childProcess.ts';
import type { Child, ChildExit } from '../../../electron/services/children.ts';
import { isRunning } from './startHost.ts';

const entry = join(import.meta.dirname, 'echoChild.ts');
const said: string[] = [];
const children = createChildProcesses({
  execArgv: () => ['--max-old-space-size=64'],
  log: (chunk) => said.push(chunk.toString()),
  env: { ...process.env, NODE_OPTIONS: '--no-warnings', HUB_TOKEN: 'secret', VK_ICD_FILENAMES: '/x' },
});
afterEach(() => children.killAll());

const next = (child: Child) => new Promise<unknown>((resolve) => child.port.onFrame(resolve));
const exitOf = (child: Child) => new Promise<ChildExit>((resolve) => child.onExit(resolve));
describe('a child process', () => {
  it('runs a TypeScript entry and carries frames both ways', async () => {
    const child = children.spawn(entry);
    child.port.post({ type: 'call', id: 1, text: 'ä\n"\u2028' });
    expect(await next(child)).toEqual({ type: 'call', id: 1, text: 'ä\n"\u2028' });
  });

  it('gets its Node options and an environment without secrets', async () => {
    const child = children.spawn(entry);
    child.port.post({ ask: 'env' });
    const { env, heap } = (await next(child)) as { env: Record<string, string>; heap: number };
    expect(env).toMatchObject({ VK_ICD_FILENAMES: '/x', PATH: process.env['PATH'] });
    expect(env).not.toHaveProperty('NODE_OPTIONS');
    expect(env).not.toHaveProperty('HUB_TOKEN');
    expect(heap / 2 ** 20).toBeLessThan(512);
  });

  it('tells how it ended, with the end of its stderr', async () => {
    const child = children.spawn(entry);
    child.port.post({ ask: 'die' });
    const exit = await exitOf(child);
    expect(exit.code).toBe(3);
    expect(exit.stderr.length).toBeLessThanOrEqual(4096);
    expect(exit.stderr).toMatch(/xthe last words\n$/);
    expect(await exitOf(child), 'whoever asks later is told too').toEqual(exit);
  });

  it('has its words passed on, from stdout too', async () => {
    const child = children.spawn(entry);
    child.port.post({ ask: 'shout' });
    await expect.poll(() => said.join('')).toContain('words on stdout');
  });

  it('closes its port when it is killed, and posts to it go nowhere', async () => {
    const child = children.spawn(entry);
    child.port.post({ hello: true });
    await next(child);
    const closed = new Promise<void>((resolve) => child.port.onClose(resolve));
    child.kill();
    await closed;
    expect((await exitOf(child)).signal).toBe('SIGKILL');
    await child.port.post({ hello: true });
  });

  it('that cannot start ends at once, with the reason', async () => {
    const exit = await exitOf(children.spawn(join(import.meta.dirname, 'nothing.ts')));
    expect(exit.code).toBe(1);
    expect(exit.stderr).toContain('nothing.ts');
  });

  it('makes a writer wait that is faster than the reader', async () => {
    const child = children.spawn(entry);
    let got = 0;
    const all = new Promise<void>((resolve) => {
      child.port.onFrame(() => {
        if (++got === 300) resolve();
      });
    });
    let waits = 0;
    for (let sent = 0; sent < 300; sent++) {
      const wait = child.port.post({ text: 'x'.repeat(50_000) });
      if (wait) waits++;
      await wait;
    }
    await all;
    expect(waits).toBeGreaterThan(0);
  });

  it('is not in our process group, so that Ctrl+C is ours to handle', async () => {
    const child = children.spawn(entry);
    child.port.post({ hello: true });
    await next(child);
    if (process.platform === 'linux') {
      const group = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[2];
      expect(Number(group)).toBe(child.pid);
    }
    children.killAll();
    await exitOf(child);
    expect(isRunning(child.pid)).toBe(false);
  });
});
