import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { moveToTrash } from '../../../electron/hosts/browser/trash.ts';
import { makeDir, removeDir } from './startHost.ts';

let dir: string;
const trash = () => join(dir, 'home/.local/share/Trash');
const world = () => ({ platform: 'linux' as const, env: { HOME: join(dir, 'home') } });

beforeEach(() => {
  dir = makeDir();
  mkdirSync(join(dir, 'home'));
});
afterEach(() => removeDir(dir));

function note(name: string, text = 'words'): string {
  const path = join(dir, name);
  writeFileSync(path, text);
  return path;
}

describe.runIf(process.platform === 'linux')('the bin', () => {
  it('takes a file with a record of where it was, so that it can be brought back', async () => {
    const path = note('Plan ü 100%.md');
    await moveToTrash(world(), path);
    expect(existsSync(path)).toBe(false);
    expect(readFileSync(join(trash(), 'files/Plan ü 100%.md'), 'utf8')).toBe('words');
    const info = readFileSync(join(trash(), 'info/Plan ü 100%.md.trashinfo'), 'utf8');
    const recorded = /^\[Trash Info\]\nPath=(.+)\nDeletionDate=\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\n$/.exec(
      info,
    )?.[1];
    expect(decodeURIComponent(recorded ?? '')).toBe(path);
  });

  it('keeps files of the same name apart', async () => {
    await moveToTrash(world(), note('Plan.md', 'first'));
    await moveToTrash(world(), note('Plan.md', 'second'));
    expect(readdirSync(join(trash(), 'files')).sort()).toEqual(['Plan 2.md', 'Plan.md']);
    expect(readFileSync(join(trash(), 'files/Plan 2.md'), 'utf8')).toBe('second');
  });

  it('keeps the file, and makes no record, where it cannot be moved', async () => {
    await expect(moveToTrash(world(), join(dir, 'gone.md'))).rejects.toThrow();
    expect(existsSync(join(trash(), 'info/gone.md.trashinfo'))).toBe(false);
  });

  it('says that there is no bin where there is no home', async () => {
    const path = note('Plan.md');
    await expect(moveToTrash({ platform: 'linux', env: {} }, path)).rejects.toMatchObject({
      code: 'unsupported',
    });
    expect(existsSync(path)).toBe(true);
  });

  it('uses the bin of another disk, but never one that is a link', async (test) => {
    const disk = join(dir, 'disk');
    mkdirSync(disk);
    try {
      execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', disk], { stdio: 'ignore' });
    } catch {
      test.skip('another disk can only be made by root');
    }
    try {
      const own = `.Trash-${process.getuid?.()}`;
      writeFileSync(join(disk, 'a.md'), 'a');
      await moveToTrash(world(), join(disk, 'a.md'));
      expect(readFileSync(join(disk, own, 'files/a.md'), 'utf8')).toBe('a');
      expect(readFileSync(join(disk, own, 'info/a.md.trashinfo'), 'utf8')).toContain('Path=a.md\n');
      execFileSync('rm', ['-r', join(disk, own)]);
      symlinkSync(dir, join(disk, own));
      writeFileSync(join(disk, 'b.md'), 'b');
      await expect(moveToTrash(world(), join(disk, 'b.md'))).rejects.toMatchObject({ code: 'unsupported' });
      expect(existsSync(join(disk, 'b.md'))).toBe(true);
    } finally {
      execFileSync('umount', [disk]);
    }
  });
});
