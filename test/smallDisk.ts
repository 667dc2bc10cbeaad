import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Calls the system's `mount`; whether that worked. */
export const mount = (...args: string[]) => spawnSync('mount', args).status === 0;

/** A disk of its own of some MB; null where this machine does not let tests mount one. */
export function smallDisk(megabytes: number): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'inkling-disk-'));
  if (!mount('-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder)) {
    rmSync(folder, { recursive: true });
    return null;
  }
  onTestFinished(() => {
    spawnSync('umount', ['-l', folder]);
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** Takes all room of a disk; the returned function gives it back. */
export function fill(disk: string): () => void {
  const ballast = join(disk, 'ballast');
  const grow = (size: number) => {
    try {
      for (;;) writeFileSync(ballast, Buffer.alloc(size), { flag: 'a' });
    } catch {
      // Full, as far as pieces of this size go.
    }
  };
  for (const size of [65_536, 4096, 256, 1]) grow(size);
  return () => rmSync(ballast);
}

/** Whether this machine lets tests mount a disk. */
export const mayMount = (() => {
  const folder = mkdtempSync(join(tmpdir(), 'inkling-disk-'));
  const may = process.platform === 'linux' && mount('-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder);
  if (may) spawnSync('umount', [folder]);
  rmSync(folder, { recursive: true });
  return may;
})();
