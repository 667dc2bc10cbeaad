import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { isRunning, makeDir, removeDir } from '../hosts/browser/startHost.ts';

const root = join(import.meta.dirname, '../..');
let dataDir: string;
beforeEach(() => {
  dataDir = makeDir();
});
afterEach(() => removeDir(dataDir));

/** Runs the start script the way npm does: in a shell that waits for it. */
function start(...args: string[]) {
  const line = ['node', 'scripts/start.mjs', ...args].map((word) => `'${word}'`).join(' ');
  const shell = spawn('sh', ['-c', `${line}; exit $?`], {
    cwd: root,
    env: { ...process.env, npm_lifecycle_event: 'start', INIT_CWD: root },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  shell.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  shell.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const ended = new Promise<number | null>((resolve) => shell.on('close', resolve));
  return { shell, ended, stdout: () => stdout, stderr: () => stderr };
}

async function startHeadless() {
  const started = start('--headless', '--port', '0', '--data-dir', dataDir);
  await expect.poll(() => started.stdout(), { timeout: 25_000 }).toContain('\n');
  const { pid, enginePid } = JSON.parse(started.stdout()) as { pid: number; enginePid: number };
  onTestFinished(() => {
    if (isRunning(pid)) process.kill(pid, 'SIGKILL');
  });
  return { ...started, pid, enginePid };
}

describe('npm start', () => {
  it('does no needless work the second time, and leaves stdout to the app', async () => {
    const first = await startHeadless();
    process.kill(first.pid, 'SIGTERM');
    expect(await first.ended).toBe(0);
    const second = await startHeadless();
    expect(second.stderr()).toBe('');
    expect(second.stdout().trim().split('\n')).toHaveLength(1);
    process.kill(second.pid, 'SIGTERM');
    expect(await second.ended).toBe(0);
  });

  it('stops the app when npm is told to stop, though the shell between them tells nobody', async () => {
    const { shell, pid, enginePid } = await startHeadless();
    shell.kill('SIGTERM');
    await expect.poll(() => isRunning(pid) || isRunning(enginePid), { timeout: 5000 }).toBe(false);
  });

  it('answers with the exit code of the app', async () => {
    const wrong = start('--headless', '--prot', '1');
    expect(await wrong.ended).toBe(2);
    expect(wrong.stderr()).toContain('--prot');
    expect(wrong.stdout()).toBe('');
  });
});
