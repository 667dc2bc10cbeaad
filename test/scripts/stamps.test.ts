import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { hashOf, readNote, writeNote } from '../../scripts/lib/stamps.mjs';
import { makeDir, removeDir } from '../hosts/browser/startHost.ts';

let dir: string;
beforeEach(() => {
  dir = makeDir();
  mkdirSync(join(dir, 'src/deep'), { recursive: true });
  writeFileSync(join(dir, 'src/a.ts'), 'a');
  writeFileSync(join(dir, 'src/deep/b.ts'), 'b');
});
afterEach(() => removeDir(dir));

const hash = () => hashOf([join(dir, 'src')]);

it('the stamp of a build changes with content, names and new files, and with nothing else', () => {
  const first = hash();
  writeFileSync(join(dir, 'src/a.ts'), 'a');
  expect(hash()).toBe(first);
  writeFileSync(join(dir, 'src/deep/b.ts'), 'c');
  const second = hash();
  expect(second).not.toBe(first);
  writeFileSync(join(dir, 'src/deep/c.ts'), '');
  expect(hash()).not.toBe(second);
});

it('a note that is missing or broken counts as none', () => {
  const file = join(dir, 'notes/note.json');
  expect(readNote(file)).toEqual({});
  writeNote(file, { at: 1 });
  expect(readNote(file)).toEqual({ at: 1 });
  writeFileSync(file, '{"at":');
  expect(readNote(file)).toEqual({});
});
