import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkNewFolder } from '../../../electron/services/notes/noteFolders.ts';
import { makeDir, removeDir } from '../../hosts/browser/startHost.ts';

let dir: string;
beforeEach(() => {
  dir = realpathSync(makeDir());
  for (const name of ['notes/deep', 'more', 'data']) mkdirSync(join(dir, name), { recursive: true });
});
afterEach(() => removeDir(dir));

const check = (path: string, known: string[] = []) =>
  checkNewFolder(
    path,
    known.map((name, at) => ({ id: String(at), path: join(dir, name) })),
    join(dir, 'data'),
  );

describe('a new folder of notes', () => {
  it('is taken by its real path, with an id of its own', async () => {
    symlinkSync(join(dir, 'notes'), join(dir, 'link'));
    const [one, other] = [await check(join(dir, 'link')), await check(join(dir, 'more'))];
    expect(one.path).toBe(join(dir, 'notes'));
    expect(one.id).not.toBe(other.id);
  });

  it('must be a folder that exists, named from the root', async () => {
    writeFileSync(join(dir, 'a.md'), '');
    for (const path of ['notes', join(dir, 'nowhere'), join(dir, 'a.md')])
      await expect(check(path)).rejects.toMatchObject({ code: 'bad_input' });
  });

  it('is refused where its notes would be there twice', async () => {
    for (const path of ['notes', 'notes/deep', '.'])
      await expect(check(join(dir, path), ['notes', 'more'])).rejects.toMatchObject({
        code: path === '.' ? 'bad_input' : 'conflict',
      });
    await expect(check(join(dir, 'more'), ['notes'])).resolves.toMatchObject({ path: join(dir, 'more') });
  });

  it('is never the folder of Inkling itself, nor one around it', async () => {
    for (const path of ['data', '.'])
      await expect(check(join(dir, path))).rejects.toMatchObject({ code: 'bad_input' });
  });
});
