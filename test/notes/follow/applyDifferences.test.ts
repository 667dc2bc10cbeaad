import { mkdirSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { createVersions } from '../../../electron/notes/files/versions.ts';
import { applyDifferences } from '../../../electron/notes/follow/applyDifferences.ts';
import { compareDirs } from '../../../electron/notes/follow/compare.ts';
import { readSome } from '../../../electron/notes/follow/folderWork.ts';
import { createFollowed } from '../../../electron/notes/follow/followed.ts';
import { createPace } from '../../../electron/notes/follow/pace.ts';
import { createProgress } from '../../../electron/notes/follow/progress.ts';
import { createIndexHandle } from '../../../electron/notes/index/indexHandle.ts';
import { makeFolder, type NotesFolder } from '../notesFolder.ts';

let folder: NotesFolder;
afterEach(() => folder.remove());

it('moved files are found by their number on the disk and not read; changed ones are', async () => {
  folder = makeFolder({ 'a.md': 'one', 'b.md': 'two', 'c.md': 'three' });
  const index = createIndexHandle(folder.data);
  const versions = createVersions(folder.data);
  const followed = createFollowed({ id: 'one', path: folder.notes });
  followed.open(folder.root, () => {});
  // Long after the files were written, so that their times can be trusted.
  const place = {
    index,
    versions,
    progress: createProgress(),
    pace: createPace(),
    now: () => Date.now() + 60_000,
  };
  const compare = async () => {
    const differences = await compareDirs({
      db: () => index.db,
      root: folder.root,
      dirs: [''],
      known: () => false,
      onDir: () => {},
      pace: place.pace,
      now: place.now,
    });
    await applyDifferences({ ...place, folder: followed, differences });
  };
  try {
    await compare();
    expect([...followed.toRead.keys()].sort()).toEqual(['a.md', 'b.md', 'c.md']);
    while (followed.toRead.size > 0) readSome(place, followed);
    await compare();
    expect(followed.toRead.size).toBe(0);
    mkdirSync(join(folder.notes, 'sub'));
    renameSync(join(folder.notes, 'a.md'), join(folder.notes, 'sub/x.md'));
    renameSync(join(folder.notes, 'b.md'), join(folder.notes, 'y.md'));
    writeFileSync(join(folder.notes, 'c.md'), 'tree!');
    utimesSync(join(folder.notes, 'c.md'), new Date(1), new Date(1));
    await compare();
    expect([...followed.toRead.keys()]).toEqual(['c.md']);
    const rows = index.db.all<{ path: string; hash: string | null }>(
      'SELECT path, hash FROM files ORDER BY path',
    );
    expect(rows.map(({ path }) => path)).toEqual(['c.md', 'sub/x.md', 'y.md']);
    expect(rows.every(({ hash }) => hash !== null)).toBe(true);
  } finally {
    followed.close();
    index.close();
  }
});
