import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findAdded, findInFolder } from '../../../electron/services/library/findFiles.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'inkling-find-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));
const put = (name: string) => {
  mkdirSync(join(root, name, '..'), { recursive: true });
  writeFileSync(join(root, name), 'x');
};
const names = (files: readonly { path: string }[]) =>
  files.map((file) => file.path.slice(root.length + 1)).sort();

describe('findInFolder', () => {
  it('finds GGUF files in the folder and below, in the way other apps lay them out', async () => {
    for (const name of [
      'a.gguf',
      'B.GGUF',
      'pub/repo/c.gguf',
      'notes.txt',
      'pub/mmproj-c.gguf',
      '.hidden/d.gguf',
    ])
      put(name);
    expect(names((await findInFolder(root)).files)).toEqual(['B.GGUF', 'a.gguf', 'pub/repo/c.gguf']);
  });

  it('follows links to files, and never links to folders, so that loops end', async () => {
    put('real/a.gguf');
    symlinkSync(join(root, 'real/a.gguf'), join(root, 'link.gguf'));
    symlinkSync(root, join(root, 'real/loop'));
    expect(names((await findInFolder(root)).files)).toEqual(['link.gguf', 'real/a.gguf']);
  });

  it('tells what is named like a model and is none, without waiting on a pipe', async () => {
    execFileSync('mkfifo', [join(root, 'pipe.gguf')]);
    mkdirSync(join(root, 'folder'));
    symlinkSync(join(root, 'nowhere'), join(root, 'dangling.gguf'));
    symlinkSync(join(root, 'round.gguf'), join(root, 'round.gguf'));
    symlinkSync(join(root, 'folder'), join(root, 'aside.gguf'));
    symlinkSync('/dev/zero', join(root, 'endless.gguf'));
    const { files, odd } = await findInFolder(root);
    expect(files).toEqual([]);
    expect(Object.fromEntries(odd.map(({ path, reason }) => [path.slice(root.length + 1), reason]))).toEqual({
      'aside.gguf': expect.stringContaining('link to a folder'),
      'dangling.gguf': expect.stringContaining(`link to ${join(root, 'nowhere')}`),
      'endless.gguf': expect.stringContaining('pipe or a device'),
      'pipe.gguf': expect.stringContaining('pipe or a device'),
      'round.gguf': expect.stringContaining('in a circle'),
    });
  });

  it('says in words why a folder cannot be read', async () => {
    const found = await findInFolder(join(root, 'gone'));
    expect(found.problem).toContain('is not there any more');
    put('file.gguf');
    expect((await findInFolder(join(root, 'file.gguf'))).problem).toContain('is not a folder');
  });
});

describe('findAdded', () => {
  it('tells a file that is gone from one that is there', async () => {
    put('a.gguf');
    expect(await findAdded(join(root, 'a.gguf'))).toMatchObject({ files: [{ size: 1 }], problem: null });
    expect(await findAdded(join(root, 'b.gguf'))).toMatchObject({
      files: [],
      problem: expect.stringContaining('not there any more'),
    });
  });
});
