import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { sha256 } from '../../../electron/notes/files/readNote.ts';
import { createVersions, type Versions } from '../../../electron/notes/files/versions.ts';
import { makeFolder, type NotesFolder } from '../notesFolder.ts';

let folder: NotesFolder;
let versions: Versions;
let time = 1_700_000_000_000;
beforeEach(() => {
  folder = makeFolder();
  versions = createVersions(folder.data, { now: () => time });
});
afterEach(() => folder.remove());

const note = { folderId: 'one', path: 'a.md' };
const keep = (text: string, always = false) => versions.keep(note, sha256(text), Buffer.from(text), always);
const texts = (of = note) =>
  versions.list(of).map(({ id }) => (versions.earlier(of, id) ?? 'missing').toString());
const allFiles = () =>
  readdirSync(folder.data, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

it('a version is kept every few minutes, newest first', () => {
  keep('first');
  time += 1000;
  keep('a moment later');
  time += 3 * 60_000;
  keep('second');
  expect(texts()).toEqual(['second', 'first']);
  expect(versions.list(note)[0]).toMatchObject({ at: time, size: 6 });
});

it('at most a hundred are kept of a note', () => {
  for (let at = 0; at < 110; at++) keep(`text ${at}`, true);
  expect(versions.list(note)).toHaveLength(100);
  expect(texts()[0]).toBe('text 109');
});

it('versions follow a note that is renamed, also onto a name that had some', () => {
  keep('old', true);
  versions.keep({ ...note, path: 'b.md' }, sha256('other'), Buffer.from('other'), true);
  versions.keepBase(note, sha256('base'), Buffer.from('base'));
  versions.move(note, 'b.md');
  expect(texts({ ...note, path: 'b.md' }).sort()).toEqual(['old', 'other']);
  expect(versions.base({ ...note, path: 'b.md' }, sha256('base'))?.toString()).toBe('base');
  expect(versions.list(note)).toEqual([]);
});

it('a damaged version is not given out', () => {
  keep('sound');
  const [file] = allFiles();
  writeFileSync(file as string, 'damaged');
  expect(versions.earlier(note, versions.list(note)[0]?.id ?? '')).toBeNull();
});

it('only the last versions that were given out are kept as bases', () => {
  const hashes = Array.from({ length: 8 }, (_, at) => {
    time += 1000;
    versions.keepBase(note, sha256(`text ${at}`), Buffer.from(`text ${at}`));
    return sha256(`text ${at}`);
  });
  const kept = hashes.filter((hash) => versions.base(note, hash) !== null);
  expect(kept).toContain(hashes.at(-1));
  expect(kept.length).toBeLessThanOrEqual(4);
});

it('what is forgotten is on the disk no more, and only its owner can read the rest', () => {
  keep('a secret');
  versions.keepBase(note, sha256('base'), Buffer.from('base'));
  versions.keep({ folderId: 'two', path: 'x.md' }, sha256('stays'), Buffer.from('stays'));
  versions.forget(note);
  expect(allFiles().map((file) => readFileSync(file, 'utf8'))).toEqual(['stays']);
  if (process.platform !== 'win32')
    for (const file of allFiles()) expect(statSync(file).mode & 0o077).toBe(0);
  versions.forget({ folderId: 'two', path: null });
  expect(allFiles()).toEqual([]);
});
