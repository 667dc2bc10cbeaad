import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readNote } from '../../../electron/notes/files/readNote.ts';
import { saveNote } from '../../../electron/notes/files/saveNote.ts';
import { createVersions, type Versions } from '../../../electron/notes/files/versions.ts';
import { makeFolder, type NotesFolder } from '../notesFolder.ts';

let folder: NotesFolder;
let versions: Versions;
beforeEach(() => {
  folder = makeFolder();
  versions = createVersions(folder.data);
});
afterEach(() => folder.remove());

const on = (path: string) => readFileSync(join(folder.notes, path));
const read = (path: string) => {
  const note = readNote(folder.root, path);
  versions.keepBase({ folderId: 'one', path }, note.hash, note.bytes);
  return note;
};
const save = (path: string, text: string, base: string | null) =>
  saveNote(folder.root, versions, { path, text, base });

describe('a save', () => {
  it('keeps the mark, the line ends and everything else that was not edited, byte for byte', () => {
    const bytes = Buffer.from('\ufeff---\r\nx:  1\r\n---\r\n\r\n# T \r\nold\rlast line without end', 'utf8');
    folder.write('a.md', bytes);
    const { text, hash } = read('a.md');
    expect(text.startsWith('---\r\n')).toBe(true);
    const saved = save('a.md', text.replace('old', 'new'), hash);
    expect(saved.type).toBe('saved');
    expect(on('a.md')).toEqual(Buffer.from(bytes.toString('utf8').replace('old', 'new'), 'utf8'));
    expect(saved).toMatchObject({ version: { hash: read('a.md').hash, size: bytes.length } });
  });

  it('of the same text writes nothing', () => {
    folder.write('a.md', 'same');
    const before = statSync(join(folder.notes, 'a.md'), { bigint: true });
    expect(save('a.md', 'same', read('a.md').hash).type).toBe('saved');
    const after = statSync(join(folder.notes, 'a.md'), { bigint: true });
    expect([after.ino, after.mtimeNs]).toEqual([before.ino, before.mtimeNs]);
  });

  it('keeps the rights of the file and leaves nothing beside it', (test) => {
    if (process.platform === 'win32') test.skip('Windows has no such rights');
    folder.write('a.md', 'one');
    chmodSync(join(folder.notes, 'a.md'), 0o640);
    save('a.md', 'two', read('a.md').hash);
    expect(statSync(join(folder.notes, 'a.md')).mode & 0o777).toBe(0o640);
    expect(readdirSync(folder.notes)).toEqual(['a.md']);
  });

  it('of a new note makes its folders, and never writes over a note that is there', () => {
    expect(save('new/deep/a.md', 'mine', null).type).toBe('saved');
    expect(on('new/deep/a.md').toString()).toBe('mine');
    const again = save('new/deep/a.md', 'other', null);
    expect(again).toMatchObject({ type: 'conflict', theirs: 'mine' });
    expect(on('new/deep/a.md').toString()).toBe('mine');
  });

  it('of what could not be read again is refused', () => {
    folder.write('wide.md', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('wide', 'utf16le')]));
    folder.write('latin.md', Buffer.from([0xe9, 0xe8]));
    for (const path of ['wide.md', 'latin.md']) {
      const { readOnly, hash } = read(path);
      expect(readOnly).toMatch(/UTF-/);
      expect(() => save(path, 'mine', hash)).toThrow(/cannot be saved/);
    }
    expect(() => save('new.md', 'a\0b', null)).toThrow(/zero bytes/);
    expect(() => save('new.md', 'x'.repeat(5_000_001), null)).toThrow(/5 MB/);
    expect(readdirSync(folder.notes).sort()).toEqual(['latin.md', 'wide.md']);
  });
});

describe('a change made elsewhere', () => {
  const base = 'one\ntwo\nthree\nfour\nfive\nsix\n';

  it('is merged where it touches other lines', () => {
    folder.write('a.md', base);
    const { hash } = read('a.md');
    folder.write('a.md', base.replace('five', 'FIVE'));
    const saved = save('a.md', base.replace('one', 'ONE'), hash);
    expect(saved).toMatchObject({ type: 'merged', text: base.replace('one', 'ONE').replace('five', 'FIVE') });
    expect(on('a.md').toString()).toBe(base.replace('one', 'ONE').replace('five', 'FIVE'));
    const [kept] = versions.list({ folderId: 'one', path: 'a.md' });
    const theirs = versions.earlier({ folderId: 'one', path: 'a.md' }, kept?.id ?? '');
    expect(theirs?.toString()).toBe(base.replace('five', 'FIVE'));
  });

  it('is a conflict where it touches the same line, and nothing is written', () => {
    folder.write('a.md', base);
    const { hash } = read('a.md');
    const theirs = base.replace('two', 'their two');
    folder.write('a.md', theirs);
    expect(save('a.md', base.replace('two', 'my two'), hash)).toMatchObject({ type: 'conflict', theirs });
    // Whatever is chosen then, theirs is among the earlier versions.
    const note = { folderId: 'one', path: 'a.md' };
    const [kept] = versions.list(note);
    expect(versions.earlier(note, kept?.id ?? '')?.toString()).toBe(theirs);
    expect(on('a.md').toString()).toBe(theirs);
  });

  it('is a conflict where the version that was read is not kept any more', () => {
    folder.write('a.md', base);
    folder.write('a.md', base.replace('five', 'FIVE'));
    expect(save('a.md', base.replace('one', 'ONE'), 'f'.repeat(64)).type).toBe('conflict');
    expect(on('a.md').toString()).toBe(base.replace('five', 'FIVE'));
  });

  it('that made the same text is no conflict', () => {
    folder.write('a.md', base);
    const { hash } = read('a.md');
    folder.write('a.md', 'the same');
    expect(save('a.md', 'the same', hash).type).toBe('saved');
  });

  it('that removed the note is told; nothing is made in its place', () => {
    folder.write('a.md', base);
    const { hash } = read('a.md');
    rmSync(join(folder.notes, 'a.md'));
    expect(save('a.md', 'mine', hash)).toEqual({ type: 'conflict', version: null, theirs: null });
    expect(readdirSync(folder.notes)).toEqual([]);
  });

  it('can be merged again and again', () => {
    folder.write('a.md', base);
    let { hash } = read('a.md');
    let mine = base;
    for (let round = 0; round < 5; round++) {
      folder.write('a.md', on('a.md').toString().replace(/six.*/, `six ${round}`));
      mine = mine.replace(/one.*/, `one ${round}`);
      const saved = save('a.md', mine, hash);
      if (saved.type !== 'merged') throw new Error(saved.type);
      expect(saved.text).toContain(`one ${round}`);
      expect(saved.text).toContain(`six ${round}`);
      mine = saved.text;
      hash = saved.version.hash;
    }
  });
});

describe('a full disk', () => {
  it('leaves the old file whole and says so', (test) => {
    const disk = join(folder.notes, '../disk');
    mkdirSync(disk);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', disk], { stdio: 'ignore' });
    } catch {
      test.skip('a small disk cannot be made by this account');
    }
    try {
      const root = { id: 'one', path: disk };
      writeFileSync(join(disk, 'a.md'), 'the old text');
      const { hash } = readNote(root, 'a.md');
      writeFileSync(join(disk, 'filler'), Buffer.alloc(200 * 1024));
      const saving = () => saveNote(root, versions, { path: 'a.md', text: 'x'.repeat(100_000), base: hash });
      expect(saving).toThrow(expect.objectContaining({ code: 'storage_full' }));
      expect(readFileSync(join(disk, 'a.md'), 'utf8')).toBe('the old text');
      expect(readdirSync(disk).sort()).toEqual(['a.md', 'filler']);
      rmSync(join(disk, 'filler'));
      expect(saving().type).toBe('saved');
    } finally {
      execFileSync('umount', [disk]);
    }
  });
});
